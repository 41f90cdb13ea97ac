"""What everybody may read of the desk, month by month: measured once, withheld where small."""
