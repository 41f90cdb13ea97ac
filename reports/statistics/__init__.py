"""What everybody may read of the desk's work, month by month: measured once, withheld where small."""
