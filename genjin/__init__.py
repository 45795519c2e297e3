"""What a person, a button or a scheduler starts: command line, run, state, scheduler, demo."""
