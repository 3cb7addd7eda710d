package dev.frazil.exec.file;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import dev.frazil.error.EngineException;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.CopyFormat;
import dev.frazil.plan.FileRows;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows from comma-separated values (RFC 4180): every line has a value for every column. */
final class CsvRows implements RowReader {
  private final FileRows rows;
  private final CopyFormat.Csv format;
  private final FilePlace place;
  private final List<TextColumn> columns = new ArrayList<>();
  private final CsvReader<Boolean> reader;
  private final Iterator<Boolean> lines;

  /** For each value of a line its column; null until the header is read. */
  private int @Nullable [] targets;

  private final BatchMemory memory;

  CsvRows(
      FileRows rows, CopyFormat.Csv format, String location, Reader text, QueryContext context) {
    this.rows = rows;
    this.format = format;
    this.place = new FilePlace(location);
    for (Column column : rows.columns()) {
      columns.add(TextColumn.of(column.name(), column.type(), place, context));
    }
    this.targets = format.header() ? null : ColumnMatch.byPosition(columns.size());
    this.reader =
        CsvReader.builder()
            .fieldSeparator(format.delimiter())
            .quoteCharacter(format.quote())
            .commentStrategy(CommentStrategy.NONE)
            .commentCharacter(unused(format))
            .skipEmptyLines(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .build(new Lines(), new ClosedQuotes(text, format.delimiter(), format.quote(), place));
    this.lines = reader.iterator();
    this.memory = new BatchMemory(context.memory());
  }

  /** The reader wants a character for comments that is none of the others, though it has none. */
  private static char unused(CopyFormat.Csv format) {
    char character = '#';
    while (character == format.delimiter() || character == format.quote()) {
      character++;
    }
    return character;
  }

  @Override
  public @Nullable RowBatch next() throws IOException {
    int count = 0;
    memory.begin();
    try {
      while (memory.hasRoom(count) && lines.hasNext()) {
        if (lines.next()) {
          count++;
        }
      }
    } catch (CsvParseException e) {
      if (e.getCause() instanceof EngineException ours) {
        throw ours;
      }
      throw place.malformed(e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (count == 0) {
      if (targets == null) {
        throw place.malformed("the file is empty, it has no line with the names of its columns");
      }
      return null;
    }
    List<ColumnVector> built = new ArrayList<>();
    columns.forEach(column -> built.add(column.build()));
    RowBatch batch = new RowBatch(built, count);
    memory.end(batch);
    return batch;
  }

  @Override
  public void close() throws IOException {
    memory.close();
    reader.close();
  }

  /** Takes the values of a line; true for a line that is a row. */
  private final class Lines extends CsvCallbackHandler<Boolean> {
    private final List<String> names = new ArrayList<>();
    private int fields;
    private boolean isEmpty;

    @Override
    protected RecordType getRecordType() {
      return isEmpty ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
      return fields;
    }

    @Override
    protected void beginRecord(long line) {
      place.moveTo(line);
      fields = 0;
      isEmpty = false;
    }

    @Override
    protected void addField(char[] text, int offset, int length, boolean quoted) {
      int field = fields++;
      memory.add(length + 1L);
      String value = new String(text, offset, length);
      int[] known = targets;
      if (known == null) {
        names.add(value);
      } else if (field < known.length && known[field] != ColumnMatch.NONE) {
        TextColumn column = columns.get(known[field]);
        if (!quoted && value.equals(format.nullText())) {
          column.appendNull();
        } else {
          try {
            column.append(value);
          } catch (IOException e) {
            throw place.malformed(
                rows.columns().get(known[field]).name(), "no JSON: " + e.getMessage());
          }
        }
      }
    }

    @Override
    protected void setComment(char[] text, int offset, int length) {
      throw new IllegalStateException("comments are not looked for");
    }

    /** A line without any character: of one column the value, of several nothing. */
    @Override
    protected void setEmpty() {
      int[] known = targets;
      if (known != null && known.length == 1) {
        addField(new char[0], 0, 0, false);
      } else {
        isEmpty = true;
      }
    }

    @Override
    protected Boolean buildRecord() {
      if (isEmpty) {
        return false;
      }
      int[] known = targets;
      if (known == null) {
        targets = ColumnMatch.of(names, rows, place.location());
        return false;
      }
      if (fields != known.length) {
        throw place.malformed(fields + " values where " + known.length + " are wanted");
      }
      return true;
    }
  }
}
