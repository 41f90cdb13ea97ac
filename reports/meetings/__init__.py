"""The monthly evaluation meeting (rapat evaluasi): prepared from figures, held, signed."""
