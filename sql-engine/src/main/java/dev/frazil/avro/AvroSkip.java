package dev.frazil.avro;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Steps over values that nobody asks for, or that somebody else will read. Stateless.
 *
 * @param everyElement whether each element of lists and maps is looked at, and must have bytes;
 *     else blocks that tell their length are skipped whole
 */
record AvroSkip(boolean everyElement) {
  static final int MAX_DEPTH = 64;
  private static final AvroSkip UNREAD = new AvroSkip(false);
  private static final Schema KEY = Schema.create(Schema.Type.STRING);

  static void skip(Schema schema, AvroInput in) {
    UNREAD.step(schema, in, 0);
  }

  void step(Schema schema, AvroInput in, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedAvroException("values nested deeper than " + MAX_DEPTH + " levels");
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> in.skip(1);
      case INT, LONG, ENUM -> in.readLong();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case BYTES, STRING -> in.skip(in.readLength());
      case FIXED -> in.skip(schema.getFixedSize());
      case UNION -> step(branch(schema, in), in, depth + 1);
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          step(field.schema(), in, depth + 1);
        }
      }
      case ARRAY -> blocks(null, schema.getElementType(), in, depth);
      case MAP -> blocks(KEY, schema.getValueType(), in, depth);
    }
  }

  /** The schema that the union's value has. */
  static Schema branch(Schema union, AvroInput in) {
    int index = in.readInt();
    if (index < 0 || index >= union.getTypes().size()) {
      throw new MalformedAvroException(
          "a union of " + union.getTypes().size() + " has no " + index);
    }
    return union.getTypes().get(index);
  }

  private void blocks(@Nullable Schema key, Schema value, AvroInput in, int depth) {
    for (long count = in.readLong(); count != 0; count = in.readLong()) {
      if (count < 0) {
        long lengthBytes = in.readLong();
        if (!everyElement) {
          in.skip(lengthBytes);
          continue;
        }
        count = Math.negateExact(count);
      }
      for (long i = 0; i < count; i++) {
        int before = in.position();
        if (key != null) {
          step(key, in, depth + 1);
        }
        step(value, in, depth + 1);
        if (in.position() == before) {
          if (everyElement) {
            throw new MalformedAvroException(count + " elements without a byte");
          }
          break;
        }
      }
    }
  }
}
