package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** What aggregates of Trino are computed by that are functions of sums. */
final class AggregateParts {
  private static final int CHECKSUM_BYTES = 8;

  private AggregateParts() {}

  static void define(Definitions library) {
    if (library.has("entropy_term")) {
      library
          .function("bigint -> double", AggregateParts::entropyTerm)
          .is("A part of entropy(count), which sums it: n * log2(n).")
          .example("(SELECT entropy(n) FROM (VALUES (1), (1), (2), (0), (NULL)) t(n))", "1.5");
    }
    if (library.has("entropy_of")) {
      library
          .function(
              "bigint, double -> double",
              (in, out) -> out.appendDouble(entropy(in.integer(0), in.number(1))))
          .is("What entropy(count) is, in bits: of the sum of the counts, and of the terms.")
          .example("entropy_of(4, 2e0)", "1.5");
    }
    if (library.has("checksum_term")) {
      library
          .function("any -> decimal", AggregateParts::checksumTerm)
          .takesNulls()
          .is("A part of checksum(value), which sums it: a hash of a value, null or not.")
          .example("checksum_term(1) = checksum_term(1)", "true")
          .example("checksum_term('a') = checksum_term('b')", "false");
    }
    if (library.has("checksum_bytes")) {
      library
          .function("decimal -> varbinary", AggregateParts::checksumBytes)
          .is(
              "What checksum(value) gives: eight bytes that do not depend on the order of the rows"
                  + " (others than in Trino).")
          .example(
              "(SELECT checksum(x) FROM (VALUES (1), (2)) t(x)) = (SELECT checksum(x) FROM (VALUES"
                  + " (2), (1)) t(x))",
              "true");
    }
  }

  private static void entropyTerm(Arguments in, VectorBuilder out) {
    long count = in.integer(0);
    if (count < 0) {
      throw FunctionErrors.argument("entropy takes counts, not " + count);
    }
    out.appendDouble(count == 0 ? 0 : count * log2((double) count));
  }

  private static double entropy(long total, double terms) {
    return total == 0 ? 0 : Math.max(0, log2((double) total) - terms / total);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static void checksumTerm(Arguments in, VectorBuilder out) {
    out.appendDecimal(BigDecimal.valueOf(Digests.xxHash64(RowKeys.bytes(in))));
  }

  private static void checksumBytes(Arguments in, VectorBuilder out) {
    BigInteger sum = in.exact(0).toBigInteger();
    byte[] bytes = sum.toByteArray();
    byte[] checksum = new byte[CHECKSUM_BYTES];
    Arrays.fill(checksum, (byte) (sum.signum() < 0 ? -1 : 0));
    int length = Math.min(bytes.length, CHECKSUM_BYTES);
    System.arraycopy(bytes, bytes.length - length, checksum, CHECKSUM_BYTES - length, length);
    out.appendBytes(checksum);
  }
}
