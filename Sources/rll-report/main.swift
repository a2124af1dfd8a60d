print("rll-report")
