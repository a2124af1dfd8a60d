"use strict";

/**
 * The part of SQLite's expressions that the page understands, with its meaning: three-valued
 * logic, numbers before texts, LIKE without regard to the case of ASCII letters.
 */
const filterLanguage = (() => {
  const words = new Set(["and", "or", "not", "in", "is", "like", "glob", "between", "null", "true", "false", "case", "cast", "exists", "select", "collate", "escape"]);
  const functions = {
    abs: (value) => (isNull(value) ? null : Math.abs(numeric(value))),
    lower: (value) => (isNull(value) ? null : String(value).toLowerCase()),
    upper: (value) => (isNull(value) ? null : String(value).toUpperCase()),
    length: (value) => (isNull(value) ? null : [...String(value)].length),
    coalesce: (...values) => values.find((value) => !isNull(value)) ?? null,
    ifnull: (first, second) => (isNull(first) ? second : first),
  };

  function isNull(value) { return value === null || value === undefined; }

  function fail(message, place) { throw new SyntaxError(`${message} (at character ${place + 1})`); }

  function tokens(text) {
    const found = [];
    const pattern = /\s+|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|\[([^\]]*)\]|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|<>|!=|==|\|\||[-+*\/%<>=(),.])/uy;
    while (pattern.lastIndex < text.length) {
      const place = pattern.lastIndex;
      const match = pattern.exec(text);
      if (!match) fail(`'${cut(text.slice(place), 12)}' cannot be read; text stands in 'single quotes', names with signs in "double quotes"`, place);
      const [, number, string, quoted, bracketed, word, sign] = match;
      if (number !== undefined) found.push({ kind: "number", value: Number(number), place });
      else if (string !== undefined) found.push({ kind: "text", value: string.replaceAll("''", "'"), place });
      else if (quoted !== undefined) found.push({ kind: "name", value: quoted.replaceAll('""', '"'), place });
      else if (bracketed !== undefined) found.push({ kind: "name", value: bracketed, place });
      else if (word !== undefined) {
        const lower = word.toLowerCase();
        found.push(words.has(lower) ? { kind: lower, place } : { kind: "name", value: word, place });
      } else if (sign !== undefined) found.push({ kind: sign, place });
    }
    found.push({ kind: "end", place: text.length });
    return found;
  }

  function numeric(value) {
    if (isNull(value)) return null;
    if (typeof value === "number") return value;
    if (typeof value === "boolean") return Number(value);
    const match = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(value);
    return match ? Number(match[0]) : 0;
  }

  function truth(value) { return isNull(value) ? null : numeric(value) !== 0; }

  /** Below 0, 0 or above 0; numbers come before texts. */
  function order(first, second) {
    const [a, b] = [first, second].map((value) => (typeof value === "boolean" ? Number(value) : value));
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a < b ? -1 : a > b ? 1 : 0;
  }

  function compared(accept) {
    return (first, second) => (isNull(first) || isNull(second) ? null : Number(accept(order(first, second))));
  }

  function arithmetic(compute) {
    return (first, second) => {
      if (isNull(first) || isNull(second)) return null;
      const result = compute(numeric(first), numeric(second));
      return Number.isNaN(result) ? null : result;
    };
  }

  const bothWhole = (a, b) => Number.isInteger(a) && Number.isInteger(b);
  const binary = {
    "=": compared((sign) => sign === 0), "==": compared((sign) => sign === 0),
    "<>": compared((sign) => sign !== 0), "!=": compared((sign) => sign !== 0),
    "<": compared((sign) => sign < 0), "<=": compared((sign) => sign <= 0),
    ">": compared((sign) => sign > 0), ">=": compared((sign) => sign >= 0),
    "+": arithmetic((a, b) => a + b), "-": arithmetic((a, b) => a - b), "*": arithmetic((a, b) => a * b),
    "/": arithmetic((a, b) => (b === 0 ? NaN : bothWhole(a, b) ? Math.trunc(a / b) : a / b)),
    "%": arithmetic((a, b) => (Math.trunc(b) === 0 ? NaN : Math.trunc(a) % Math.trunc(b))),
    "||": (a, b) => (isNull(a) || isNull(b) ? null : String(a) + String(b)),
  };

  function pattern(text, isGlob) {
    const any = isGlob ? "*" : "%", one = isGlob ? "?" : "_";
    const source = [...text].map((sign) =>
      sign === any ? "[\\s\\S]*" : sign === one ? "[\\s\\S]" : sign.replace(/[\\^$.*+?()[\]{}|\/-]/, "\\$&")).join("");
    return new RegExp(`^${source}$`, isGlob ? "u" : "iu");
  }

  class Parser {
    constructor(text, lookUp) {
      this.tokens = tokens(text);
      this.next = 0;
      this.lookUp = lookUp;
    }

    get token() { return this.tokens[this.next]; }
    take(kind) {
      if (this.token.kind !== kind) return null;
      return this.tokens[this.next++];
    }
    expect(kind, what) {
      return this.take(kind) ?? fail(`${what} is missing`, this.token.place);
    }

    whole() {
      const expression = this.either();
      if (this.token.kind !== "end") fail("the expression should end here, or go on with AND or OR", this.token.place);
      return expression;
    }

    either() {
      let first = this.both();
      while (this.take("or")) {
        const left = first, right = this.both();
        first = (run) => {
          const [a, b] = [truth(left(run)), truth(right(run))];
          return a || b ? 1 : a === null || b === null ? null : 0;
        };
      }
      return first;
    }

    both() {
      let first = this.negation();
      while (this.take("and")) {
        const left = first, right = this.negation();
        first = (run) => {
          const [a, b] = [truth(left(run)), truth(right(run))];
          return a === false || b === false ? 0 : a === null || b === null ? null : 1;
        };
      }
      return first;
    }

    negation() {
      if (!this.take("not")) return this.equality();
      const inner = this.negation();
      return (run) => negated(truth(inner(run)));
    }

    equality() {
      let first = this.relation();
      for (;;) {
        const sign = ["=", "==", "<>", "!="].find((kind) => this.take(kind));
        if (sign) { first = combined(sign, first, this.relation()); continue; }
        if (this.take("is")) { first = this.identity(first); continue; }
        const isNegated = this.token.kind === "not" && this.tokens[this.next + 1].kind !== "end";
        if (isNegated) this.next += 1;
        if (this.take("in")) first = this.membership(first);
        else if (this.take("like")) first = this.matching(first, false);
        else if (this.take("glob")) first = this.matching(first, true);
        else if (this.take("between")) first = this.range(first);
        else if (isNegated) fail("IN, LIKE, GLOB or BETWEEN should follow NOT", this.token.place);
        else return first;
        if (isNegated) {
          const inner = first;
          first = (run) => negated(truth(inner(run)));
        }
      }
    }

    identity(first) {
      const isNegated = Boolean(this.take("not"));
      const second = this.relation();
      return (run) => {
        const [a, b] = [first(run), second(run)];
        const isSame = isNull(a) || isNull(b) ? isNull(a) && isNull(b) : order(a, b) === 0;
        return Number(isSame !== isNegated);
      };
    }

    membership(first) {
      this.expect("(", "'(' after IN");
      const members = [];
      if (!this.take(")")) {
        do members.push(this.either()); while (this.take(","));
        this.expect(")", "')' after the values of IN");
      }
      return (run) => {
        const value = first(run);
        if (members.length === 0) return 0;
        if (isNull(value)) return null;
        const values = members.map((member) => member(run));
        if (values.some((other) => !isNull(other) && order(value, other) === 0)) return 1;
        return values.some(isNull) ? null : 0;
      };
    }

    matching(first, isGlob) {
      const second = this.relation();
      return (run) => {
        const [a, b] = [first(run), second(run)];
        return isNull(a) || isNull(b) ? null : Number(pattern(String(b), isGlob).test(String(a)));
      };
    }

    range(first) {
      const low = this.relation();
      this.expect("and", "AND between the ends of BETWEEN");
      const high = this.relation();
      return (run) => {
        const value = first(run);
        const [a, b] = [binary[">="](value, low(run)), binary["<="](value, high(run))];
        return a === 0 || b === 0 ? 0 : a === null || b === null ? null : 1;
      };
    }

    levels(signs, inner) {
      let first = inner();
      for (;;) {
        const sign = signs.find((kind) => this.take(kind));
        if (!sign) return first;
        first = combined(sign, first, inner());
      }
    }

    relation() { return this.levels(["<=", ">=", "<", ">"], () => this.sum()); }
    sum() { return this.levels(["+", "-"], () => this.product()); }
    product() { return this.levels(["*", "/", "%"], () => this.joining()); }
    joining() { return this.levels(["||"], () => this.signed()); }

    signed() {
      if (this.take("+")) return this.signed();
      if (!this.take("-")) return this.primary();
      const inner = this.signed();
      return (run) => { const value = numeric(inner(run)); return value === null ? null : -value; };
    }

    primary() {
      const { kind, value, place } = this.token;
      this.next += 1;
      switch (kind) {
        case "number": case "text": return () => value;
        case "null": return () => null;
        case "true": return () => 1;
        case "false": return () => 0;
        case "(": {
          const inner = this.either();
          this.expect(")", "')'");
          return inner;
        }
        case "name": return this.named(value, place);
        case "end": this.next -= 1; return fail("a value is missing", place);
        default: return fail(`'${kind.toUpperCase()}' cannot stand here; the page knows comparisons, AND, OR, NOT, IN, LIKE, GLOB, BETWEEN, IS NULL, arithmetic and parentheses, and rll-report runs --where knows all of SQL`, place);
      }
    }

    named(first, place) {
      let name = first;
      while (this.take(".")) name += `.${this.expect("name", "a name after '.'").value}`;
      if (this.take("(")) return this.call(name.toLowerCase(), place);
      return this.lookUp(name) ?? (name.toLowerCase() === "inf" ? () => Infinity : fail(`'${name}' is no column`, place));
    }

    call(name, place) {
      const values = [];
      if (!this.take(")")) {
        do values.push(this.either()); while (this.take(","));
        this.expect(")", `')' after the values of ${name}`);
      }
      if (name === "tag" && values.length === 1) {
        return (run) => Number(this.lookUp.tags(run).includes(values[0](run)));
      }
      const compute = functions[name];
      if (!compute || (compute.length > 0 && compute.length !== values.length)) {
        fail(`${name}() is not known here; there are tag('name'), ${Object.keys(functions).join(", ")}`, place);
      }
      return (run) => compute(...values.map((value) => value(run)));
    }
  }

  function negated(value) { return value === null ? null : Number(!value); }
  function combined(sign, first, second) {
    const compute = binary[sign];
    return (run) => compute(first(run), second(run));
  }

  /** A test of a run's number; throws a SyntaxError that says what is wrong and where. */
  function compile(text, lookUp) {
    const expression = new Parser(text, lookUp).whole();
    return (run) => truth(expression(run)) === true;
  }

  return { compile };
})();
