package dev.frazil.plan;

/**
 * Which rows of each partition of a window are wanted: those whose number is at most {@code count}.
 * Others may come out as well, but none before them in the partition's order.
 *
 * @param numbering ROW_NUMBER, RANK or DENSE_RANK
 * @param count at least 1
 */
public record PartitionHead(WindowCall.Function numbering, long count) {
  public PartitionHead {
    boolean numbers =
        switch (numbering) {
          case ROW_NUMBER, RANK, DENSE_RANK -> true;
          case PERCENT_RANK,
              CUME_DIST,
              NTILE,
              LAG,
              LEAD,
              FIRST_VALUE,
              LAST_VALUE,
              NTH_VALUE,
              AGGREGATE ->
              false;
        };
    if (!numbers || count < 1) {
      throw new IllegalArgumentException(numbering + " up to " + count);
    }
  }
}
