print("rll-sweep")
