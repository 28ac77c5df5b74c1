"""A list that somebody else made becomes registrations, in stages; each can be looked at before the next.

reading     the file, whatever it is, becomes headings and rows of text (``sheets``, ``delimited``, ``workbooks``)
columns     each heading is matched with a field
values      each cell is understood: countries, sectors, dates, yes and no
planning    each row is new, changed, the same, a duplicate, left out or faulty, and why
applying    all of it is written, or nothing
"""
