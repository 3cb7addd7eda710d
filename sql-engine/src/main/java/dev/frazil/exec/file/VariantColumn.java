package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.variant.VariantJson;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.io.IOException;
import java.io.StringWriter;

/** Variants: any JSON, in a file of text the JSON text; a JSON null is a null. */
final class VariantColumn extends TextColumn {
  private final String name;
  private final FilePlace place;
  private final VectorBuilder collected = VectorBuilder.of(SqlType.Primitive.VARIANT);

  VariantColumn(String name, FilePlace place) {
    this.name = name;
    this.place = place;
  }

  @Override
  void appendNull() {
    collected.appendNull();
  }

  @Override
  void append(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      appendNull();
      return;
    }
    StringWriter json = new StringWriter();
    try (JsonGenerator copy = FilePlace.JSON.createGenerator(json)) {
      copy.copyCurrentStructureExact(parser);
    }
    append(json.toString());
  }

  @Override
  void append(String text) {
    try {
      collected.appendBytes(VariantJson.parse(text));
    } catch (EngineException e) {
      throw new EngineException(
          e.state(),
          place.location()
              + ", line "
              + place.line()
              + ": column \""
              + name
              + "\": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  ColumnVector build() {
    return collected.build();
  }
}
