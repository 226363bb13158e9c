"""Strata's core: customers become segments that can be trusted, explained, named and acted on.

A file is read and its columns get roles (`intake`); texts become vectors (`encoders`) and every
column becomes part of one matrix, in blocks with a weight each (`features`); customers are cut into
segments (`clustering`) and laid out on a map (`projection`); the segments are measured and set
against chance (`metrics`), described (`profiles`) and told as people (`personas`); and the study
leaves as files (`exporting`). `journey.run` is the only place where this order is written.

    from segment_core.intake import gather, read
    from segment_core.journey import run

    study = run(gather(read(Path("customers.csv"), "customers.csv")))
"""
