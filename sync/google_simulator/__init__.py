"""A local stand-in that speaks the Sheets v4, Drive v3 and token subset over real HTTP."""
