package dev.frazil.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.testing.MemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/**
 * Tails that hold far more of something than a file can have. Two bytes of a message become dozens
 * in memory, and compressed they take next to none of the file.
 */
class SwollenTailTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.optional(1, "id", Types.IntegerType.get()));

  private static byte[] message(int field, byte[]... parts) {
    byte[] body = joined(parts);
    return joined(varint((field << 3) | 2), varint(body.length), body);
  }

  private static byte[] number(int field, int value) {
    return joined(varint(field << 3), varint(value));
  }

  private static byte[] text(int field, String value) {
    return message(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] varint(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] repeated(int count, byte[] part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A file of no rows, whose struct at the root has more in it, and likewise its column. */
  private static byte[] file(byte[] statistics, byte[] moreOfRoot, byte[] moreOfColumn) {
    byte[] root = message(4, number(1, 12), number(2, 1), text(3, "id"), moreOfRoot);
    byte[] id = message(7, text(1, "iceberg.id"), text(2, "1"));
    byte[] footer = joined(root, message(4, number(1, 3), id, moreOfColumn), number(6, 0));
    byte[] postscript =
        joined(number(1, footer.length), number(5, statistics.length), text(8000, "ORC"));
    byte[] magic = "ORC".getBytes(StandardCharsets.US_ASCII);
    return joined(magic, statistics, footer, postscript, new byte[] {(byte) postscript.length});
  }

  private static int morsels(byte[] file) {
    MemoryObjectStore store = new MemoryObjectStore();
    store.put("swollen", file);
    try (OrcScanner scanner =
        OrcScanner.open(
            store,
            "swollen",
            file.length,
            0,
            List.of(new ColumnRequest(SCHEMA.columns().get(0))),
            SCHEMA,
            Expressions.equal("id", 1),
            null,
            new MemoryBudget(128L << 20))) {
      return scanner.morsels().size();
    }
  }

  private static void refused(byte[] file, String message) {
    assertThatThrownBy(() -> morsels(file))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContainingAll("swollen", message);
  }

  @Test
  void statisticsOfMoreStripesThanThereAre() {
    byte[] none = {};
    assertThat(morsels(file(none, none, none))).isZero();
    refused(file(message(1), none, none), "more of them than the 0 stripes");
  }

  @Test
  void namesAndChildrenOfMoreTypesThanThereMayBe() {
    byte[] none = {};
    refused(file(none, repeated(OrcLimits.MAX_TYPES, text(3, "")), none), "more than 100000");
    refused(file(none, message(2, new byte[OrcLimits.MAX_TYPES]), none), "more than 100000");
    refused(file(none, none, repeated(OrcLimits.MAX_TYPES, text(3, ""))), "more than 100000");
  }

  @Test
  void onlyTheFieldIdIsKeptOfAttributes() {
    byte[] none = {};
    byte[] other = message(7, text(1, "note"), text(2, "more"));
    assertThat(morsels(file(none, none, repeated(1000, other)))).isZero();
    OrcType.Node node =
        OrcType.Node.read(new ProtobufInput(joined(number(1, 3), other), 0, 2 + other.length), 10);
    assertThat(node.attributes()).isEmpty();
  }
}
