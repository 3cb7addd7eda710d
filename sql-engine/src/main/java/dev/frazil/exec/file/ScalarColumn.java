package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.error.EngineException;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scalars: collected as text and cast together. Bytes are written {@code \x} and hexadecimal
 * digits, as PostgreSQL shows them.
 */
final class ScalarColumn extends TextColumn {
  private static final String HEX = "\\x";

  private final String name;
  private final FilePlace place;
  private final VectorBuilder collected;
  private final @Nullable Evaluator cast;
  private final int bytesOfFixed;
  private long[] lines = new long[16];

  ScalarColumn(String name, SqlType type, FilePlace place, QueryContext context) {
    this.name = name;
    this.place = place;
    boolean binary = type == SqlType.Primitive.VARBINARY || type instanceof SqlType.FixedType;
    boolean isText = type == SqlType.Primitive.VARCHAR;
    this.bytesOfFixed = type instanceof SqlType.FixedType fixed ? fixed.lengthBytes() : -1;
    this.collected = VectorBuilder.of(binary ? type : SqlType.Primitive.VARCHAR);
    this.cast =
        binary || isText
            ? null
            : ExpressionEvaluator.compile(
                new ScalarExpression.Cast(
                    new ScalarExpression.InputReference(0, SqlType.Primitive.VARCHAR), type, false),
                context);
  }

  @Override
  void appendNull() {
    collected.appendNull();
  }

  @Override
  void append(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      appendNull();
    } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      if (cast != null || collected.type() != SqlType.Primitive.VARCHAR) {
        throw place.malformed(name, "an array or object where one value is wanted");
      }
      StringWriter json = new StringWriter();
      try (JsonGenerator copy = FilePlace.JSON.createGenerator(json)) {
        copy.copyCurrentStructure(parser);
      }
      append(json.toString());
    } else {
      append(parser.getText());
    }
  }

  @Override
  void append(String text) {
    int row = collected.rowCount();
    if (row >= lines.length) {
      lines = Arrays.copyOf(lines, 2 * row);
    }
    lines[row] = place.line();
    if (cast == null && collected.type() != SqlType.Primitive.VARCHAR) {
      collected.appendBytes(bytes(text));
    } else {
      collected.appendText(text);
    }
  }

  private byte[] bytes(String text) {
    if (text.startsWith(HEX)) {
      try {
        byte[] bytes = HexFormat.of().parseHex(text, HEX.length(), text.length());
        if (bytesOfFixed < 0 || bytes.length == bytesOfFixed) {
          return bytes;
        }
        throw place.malformed(name, bytes.length + " bytes where " + bytesOfFixed + " are wanted");
      } catch (IllegalArgumentException e) {
        throw place.malformed(name, "bytes have an even number of digits 0-9 and a-f");
      }
    }
    throw place.malformed(name, "bytes are written as " + HEX + " and hexadecimal digits");
  }

  @Override
  ColumnVector build() {
    int rows = collected.rowCount();
    ColumnVector texts = collected.build();
    Evaluator conversion = cast;
    if (conversion == null) {
      return texts;
    }
    RowBatch batch = new RowBatch(List.of(texts), rows);
    try {
      return conversion.evaluate(batch);
    } catch (EngineException e) {
      throw located(conversion, texts, e);
    }
  }

  /** The same failure, with the line and column of the first value that has it. */
  private EngineException located(
      Evaluator conversion, ColumnVector texts, EngineException failure) {
    for (int row = 0; row < texts.rowCount(); row++) {
      VectorBuilder single = VectorBuilder.of(texts.type());
      single.appendFrom(texts, row);
      try {
        conversion.evaluate(new RowBatch(List.of(single.build()), 1));
      } catch (EngineException e) {
        return new EngineException(
            e.state(),
            place.location()
                + ", line "
                + lines[row]
                + ": column \""
                + name
                + "\": "
                + e.getMessage(),
            e);
      }
    }
    return failure;
  }
}
