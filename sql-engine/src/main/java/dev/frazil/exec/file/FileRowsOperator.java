package dev.frazil.exec.file;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.CopyFormat;
import dev.frazil.plan.FileRows;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of files that belong to no table, file after file, in the order of their names. Errors:
 * 58P02 for a location that the connection may not touch, 58030 for a file that is not there or
 * cannot be read, 22P04 for one that is not written as its format says.
 */
public final class FileRowsOperator implements Operator {
  private final FileRows rows;
  private final QueryContext context;
  private @Nullable Iterator<ObjectInfo> files;
  private @Nullable RowReader reader;
  private String location = "";

  public FileRowsOperator(FileRows rows, QueryContext context) {
    this.rows = rows;
    this.context = context;
  }

  @Override
  public @Nullable RowBatch next() {
    ObjectStore store = context.files().outside(rows.location());
    Iterator<ObjectInfo> left = files;
    if (left == null) {
      left = find(store).iterator();
      files = left;
    }
    try {
      while (true) {
        context.cancellation().check();
        RowReader current = reader;
        if (current == null) {
          if (!left.hasNext()) {
            return null;
          }
          ObjectInfo file = left.next();
          location = file.location();
          current = open(store, file);
          reader = current;
        }
        RowBatch batch = current.next();
        if (batch != null) {
          return batch;
        }
        close();
      }
    } catch (CharacterCodingException e) {
      throw new EngineException(
          SqlState.BAD_FILE_FORMAT,
          location + " holds bytes that are no UTF-8; convert the file to UTF-8 first",
          e);
    } catch (IOException e) {
      throw new EngineException(
          SqlState.BAD_FILE_FORMAT,
          location + " cannot be read as " + rows.format().sqlName() + ": " + e.getMessage(),
          e);
    }
  }

  private RowReader open(ObjectStore store, ObjectInfo file) throws IOException {
    CopyFormat format = rows.format();
    if (format instanceof CopyFormat.Parquet) {
      return new ParquetRows(rows, store, location, file.lengthBytes(), context);
    }
    boolean gzip =
        format instanceof CopyFormat.Csv csv ? csv.gzip() : ((CopyFormat.Json) format).gzip();
    Reader text = FileText.open(store, location, file.lengthBytes(), gzip);
    return format instanceof CopyFormat.Csv csv
        ? new CsvRows(rows, csv, location, text, context)
        : new JsonRows(rows, location, text, context);
  }

  /** The file, or those whose names fit. */
  private List<ObjectInfo> find(ObjectStore store) {
    String wanted = LocationGuard.normalise(rows.location());
    int slash = wanted.lastIndexOf('/');
    String name = wanted.substring(slash + 1);
    List<ObjectInfo> found = new ArrayList<>();
    if (name.contains("*")) {
      String folder = wanted.substring(0, slash + 1);
      Pattern pattern =
          Pattern.compile("\\Q" + name.replace("*", "\\E[^/]*\\Q") + "\\E", Pattern.DOTALL);
      for (Iterator<ObjectInfo> all = store.list(folder); all.hasNext(); ) {
        context.cancellation().check();
        ObjectInfo file = all.next();
        if (pattern.matcher(file.location().substring(folder.length())).matches()) {
          found.add(file);
        }
      }
    } else {
      store.head(wanted).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      throw new EngineException(SqlState.IO_ERROR, "there is no file '" + rows.location() + "'");
    }
    return found;
  }

  @Override
  public void close() {
    RowReader current = reader;
    reader = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        throw new EngineException(SqlState.IO_ERROR, "closing " + location + " failed", e);
      }
    }
  }
}
