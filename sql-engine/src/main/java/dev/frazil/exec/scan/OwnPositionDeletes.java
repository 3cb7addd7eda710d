package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.storage.ObjectStore;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * The position delete files of format version 2 that name rows of one data file and of no other, so
 * that a newer delete file of that data file can take them in and their place. Stateless.
 */
public final class OwnPositionDeletes {
  private OwnPositionDeletes() {}

  /** Those of a data file; not the ones that it shares with others of its partition. */
  public static List<DeleteFile> of(TargetFile target) {
    return target.deletes().stream()
        .filter(
            delete ->
                delete.content() == FileContent.POSITION_DELETES
                    && delete.format() != FileFormat.PUFFIN
                    && target
                        .file()
                        .location()
                        .equals(ContentFileUtil.referencedDataFileLocation(delete)))
        .toList();
  }

  /** Reads the positions that they name, in no particular order and maybe more than once. */
  public static void read(
      TargetFile target, ObjectStore store, QueryContext context, LongConsumer positions) {
    String location = target.file().location();
    try (DeleteFiles files =
        new DeleteFiles(
            store, context, context.memory().open("the deleted positions of " + location))) {
      for (DeleteFile delete : of(target)) {
        files.positions(delete, location).forEach(positions);
      }
    }
  }
}
