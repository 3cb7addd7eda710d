package dev.frazil.dml.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.CopyFormat;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.storage.ObjectStore.UploadStream;
import dev.frazil.vector.RowBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A JSON object a line (JSON Lines), with a member for every column. */
final class JsonFormat implements RowFile.RowFormat {
  static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private final List<String> names = new ArrayList<>();
  private final List<JsonValue> values = new ArrayList<>();

  JsonFormat(
      CopyFormat.Json format, List<ResultColumn> columns, UploadStream stream, QueryContext context)
      throws IOException {
    OutputStream out = format.gzip() ? new GZIPOutputStream(stream) : stream;
    this.json =
        JSON.createGenerator(out, JsonEncoding.UTF8)
            .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    for (ResultColumn column : columns) {
      names.add(column.label());
      values.add(JsonValue.of(column.type(), context));
    }
  }

  @Override
  public void write(RowBatch batch) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      values.get(i).take(batch.column(i));
    }
    for (int row = 0; row < batch.rowCount(); row++) {
      json.writeStartObject();
      for (int i = 0; i < names.size(); i++) {
        json.writeFieldName(names.get(i));
        values.get(i).write(row, json);
      }
      json.writeEndObject();
    }
  }

  @Override
  public void finish() throws IOException {
    json.close();
  }
}
