package dev.frazil.avro;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The header of an object container file (Avro specification, "Object Container Files").
 *
 * @param sync what stands behind every block
 * @param codecFrom where in the file the name of the codec begins, with its length; 0 if it has
 *     none
 * @param codecTo where that name ends
 */
record AvroHeader(Schema schema, AvroCodec codec, byte[] sync, int codecFrom, int codecTo) {
  /** A header up to this size needs one look only. */
  private static final int USUAL_BYTES = 64 << 10;

  private static final int MAX_BYTES = 64 << 20;
  private static final int SYNC_BYTES = 16;
  private static final String CODEC = "avro.codec";
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};

  /** Reads the header, after which the bytes are those of the first block. */
  static AvroHeader read(AvroBytes bytes, String location) {
    for (int wanted = USUAL_BYTES; ; wanted *= 4) {
      int ready = bytes.fill(wanted);
      AvroInput in = new AvroInput(elements -> {});
      int start = bytes.position();
      in.set(bytes.window(), start, start + ready);
      try {
        AvroHeader header = parse(in, location);
        in.checkEnd();
        bytes.skip(in.position() - start);
        return header;
      } catch (MalformedAvroException | IndexOutOfBoundsException e) {
        if (ready < wanted || wanted >= MAX_BYTES) {
          throw corrupt(location, "its header cannot be read", e);
        }
      }
    }
  }

  /** Reads the header of a file that is in memory whole. */
  static AvroHeader read(AvroInput in, String location) {
    try {
      AvroHeader header = parse(in, location);
      in.checkEnd();
      return header;
    } catch (MalformedAvroException | IndexOutOfBoundsException e) {
      throw corrupt(location, "its header cannot be read", e);
    }
  }

  private static AvroHeader parse(AvroInput in, String location) {
    int magic = in.skip(MAGIC.length);
    if (!Arrays.equals(in.bytes(), magic, magic + MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw corrupt(location, "it does not begin as an Avro file does", null);
    }
    Map<String, String> metadata = new HashMap<>();
    int codecFrom = 0;
    int codecTo = 0;
    for (long count = in.readElementCount(); count > 0; count = in.readElementCount()) {
      for (long i = 0; i < count; i++) {
        String key = text(in);
        int from = in.position();
        metadata.put(key, text(in));
        if (key.equals(CODEC)) {
          codecFrom = from;
          codecTo = in.position();
        }
      }
    }
    int sync = in.skip(SYNC_BYTES);
    byte[] marker = Arrays.copyOfRange(in.bytes(), sync, sync + SYNC_BYTES);
    String schema = metadata.get("avro.schema");
    if (schema == null) {
      throw corrupt(location, "it has no schema", null);
    }
    AvroCodec codec = AvroCodec.of(metadata.getOrDefault(CODEC, "null"), location);
    return new AvroHeader(schema(schema, location), codec, marker, codecFrom, codecTo);
  }

  private static Schema schema(String json, String location) {
    try {
      return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(json);
    } catch (AvroRuntimeException | StackOverflowError e) {
      throw corrupt(location, "its schema cannot be read", e);
    }
  }

  private static String text(AvroInput in) {
    int length = in.readLength();
    return new String(in.bytes(), in.skip(length), length, StandardCharsets.UTF_8);
  }

  /** The {@code XX001} of Avro files. */
  static EngineException corrupt(String location, String detail, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "Avro file "
            + location
            + " is corrupt: "
            + detail
            + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")")
            + "; restore the file or read an earlier snapshot that does not refer to it",
        cause);
  }
}
