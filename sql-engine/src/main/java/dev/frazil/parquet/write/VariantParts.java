package dev.frazil.parquet.write;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.variant.VariantValue;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.VectorBuilder;

/**
 * The two columns of a file that a vector of variants becomes. Rows that are null are empty, and
 * are not null, as the group above says that they are.
 */
record VariantParts(ColumnVector metadata, ColumnVector values) {

  static VariantParts of(ColumnVector vector) {
    VectorBuilder metadata = VectorBuilder.of(Primitive.VARBINARY);
    VectorBuilder values = VectorBuilder.of(Primitive.VARBINARY);
    byte[] none = new byte[0];
    for (int row = 0; row < vector.rowCount(); row++) {
      if (vector.isNull(row)) {
        metadata.appendBytes(none);
        values.appendBytes(none);
        continue;
      }
      int at = row;
      ColumnVector source = vector;
      if (vector instanceof DictionaryVector dictionary) {
        at = dictionary.ids()[row];
        source = dictionary.dictionary();
      }
      BytesVector bytes = (BytesVector) source;
      int from = bytes.offsets()[at];
      int start = VariantValue.at(bytes.data(), from).start();
      metadata.appendBytes(bytes.data(), from, start - from);
      values.appendBytes(bytes.data(), start, bytes.offsets()[at + 1] - start);
    }
    return new VariantParts(metadata.build(), values.build());
  }
}
