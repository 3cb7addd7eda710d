package dev.frazil.dml.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.CopyFormat;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.storage.ObjectStore.UploadStream;
import dev.frazil.type.PhysicalKind;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180, lines end with a line feed); arrays, maps and rows as JSON. A
 * value is quoted where it must be, and where it would else read as null.
 */
final class CsvFormat implements RowFile.RowFormat {
  private final CopyFormat.Csv format;
  private final Writer out;
  private final List<Texts> columns = new ArrayList<>();

  CsvFormat(
      CopyFormat.Csv format, List<ResultColumn> results, UploadStream stream, QueryContext context)
      throws IOException {
    this.format = format;
    OutputStream bytes = format.gzip() ? new GZIPOutputStream(stream) : stream;
    this.out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
    for (ResultColumn result : results) {
      PhysicalKind kind = result.type().kind();
      boolean nested =
          kind == PhysicalKind.LIST || kind == PhysicalKind.MAP || kind == PhysicalKind.STRUCT;
      columns.add(
          nested
              ? new NestedTexts(JsonValue.of(result.type(), context))
              : new ScalarTexts(new ValueTexts(result.type(), context)));
    }
    if (format.header()) {
      for (int i = 0; i < results.size(); i++) {
        field(i, results.get(i).label());
      }
      out.write('\n');
    }
  }

  @Override
  public void write(RowBatch batch) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).take(batch.column(i));
    }
    for (int row = 0; row < batch.rowCount(); row++) {
      for (int i = 0; i < columns.size(); i++) {
        field(i, columns.get(i).text(row));
      }
      out.write('\n');
    }
  }

  private void field(int index, @Nullable String text) throws IOException {
    if (index > 0) {
      out.write(format.delimiter());
    }
    if (text == null) {
      out.write(format.nullText());
    } else if (mustBeQuoted(text)) {
      String quote = String.valueOf(format.quote());
      out.write(format.quote());
      out.write(text.replace(quote, quote + quote));
      out.write(format.quote());
    } else {
      out.write(text);
    }
  }

  private boolean mustBeQuoted(String text) {
    if (text.isEmpty() || text.equals(format.nullText())) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == format.delimiter() || c == format.quote() || c == '\n' || c == '\r') {
        return true;
      }
    }
    return text.charAt(0) == '\uFEFF';
  }

  @Override
  public void finish() throws IOException {
    out.close();
  }

  /** The texts of one column. */
  private interface Texts {
    void take(ColumnVector vector);

    @Nullable String text(int row) throws IOException;
  }

  private record ScalarTexts(ValueTexts values) implements Texts {
    @Override
    public void take(ColumnVector vector) {
      values.take(vector);
    }

    @Override
    public @Nullable String text(int row) {
      return values.text(row);
    }
  }

  private static final class NestedTexts implements Texts {
    private final JsonValue values;
    private boolean @Nullable [] nulls;

    NestedTexts(JsonValue values) {
      this.values = values;
    }

    @Override
    public void take(ColumnVector vector) {
      nulls = vector.nulls();
      values.take(vector);
    }

    @Override
    public @Nullable String text(int row) throws IOException {
      boolean[] mask = nulls;
      if (mask != null && mask[row]) {
        return null;
      }
      StringWriter text = new StringWriter();
      try (JsonGenerator json = JsonFormat.JSON.createGenerator(text)) {
        values.write(row, json);
      }
      return text.toString();
    }
  }
}
