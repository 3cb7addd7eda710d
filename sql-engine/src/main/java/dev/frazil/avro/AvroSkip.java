package dev.frazil.avro;

import org.apache.avro.Schema;

/** Steps over values that nobody asks for. Stateless. */
final class AvroSkip {
  static final int MAX_DEPTH = 64;

  private AvroSkip() {}

  static void skip(Schema schema, AvroInput in) {
    skip(schema, in, 0);
  }

  private static void skip(Schema schema, AvroInput in, int depth) {
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
      case UNION -> skip(branch(schema, in), in, depth + 1);
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema(), in, depth + 1);
        }
      }
      case ARRAY -> skipBlocks(null, schema.getElementType(), in, depth);
      case MAP -> skipBlocks(Schema.create(Schema.Type.STRING), schema.getValueType(), in, depth);
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

  private static void skipBlocks(
      @org.jspecify.annotations.Nullable Schema key, Schema value, AvroInput in, int depth) {
    for (long count = in.readLong(); count != 0; count = in.readLong()) {
      if (count < 0) {
        in.skip(in.readLong());
        continue;
      }
      for (long i = 0; i < count; i++) {
        int before = in.position();
        if (key != null) {
          skip(key, in, depth + 1);
        }
        skip(value, in, depth + 1);
        if (in.position() == before) {
          break; // elements without bytes, however many
        }
      }
    }
  }
}
