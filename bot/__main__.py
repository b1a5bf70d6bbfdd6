"""`python -m bot` is `wangge`."""

from bot.cli import main

if __name__ == "__main__":
    main()
