package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.storage.ObjectStore;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The rows of data files that position delete files and deletion vectors name. Each delete file is
 * read once; what they hold is reserved in the memory budget (53200) until this is closed.
 */
public final class AppliedPositionDeletes implements AutoCloseable {
  private final DeleteFiles files;

  /**
   * @param purpose for the message where memory is too small
   */
  public AppliedPositionDeletes(ObjectStore store, QueryContext context, String purpose) {
    this.files = new DeleteFiles(store, context, context.memory().open(purpose));
  }

  /**
   * The rows of a data file that some delete files of it name.
   *
   * @param deletes of those that apply to the file; ones of equality are passed over
   * @return ascending, each once
   */
  public long[] of(TargetFile target, List<DeleteFile> deletes) {
    Roaring64Bitmap positions = new Roaring64Bitmap();
    for (DeleteFile delete : deletes) {
      if (delete.content() == FileContent.POSITION_DELETES) {
        PositionDeleteIndex index = files.positions(delete, target.file().location());
        index.forEach(positions::addLong);
      }
    }
    return positions.toArray();
  }

  @Override
  public void close() {
    files.close();
  }
}
