package dev.frazil.dml;

import dev.frazil.exec.scan.OwnPositionDeletes;
import dev.frazil.exec.scan.TargetFile;
import dev.frazil.exec.scan.WholeFiles;
import dev.frazil.plan.RowChangeMode;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;

/** What becomes of a data file that rows are taken from. */
enum FileChange {
  /** No row is left: the file goes, nothing is written. */
  REMOVE,
  /** The rows that stay are written to new files, and the file goes. */
  REWRITE,
  /** The file stays, a delete file or vector says which rows are gone. */
  MARK;

  /**
   * Bytes of a file that are read and written again in the time of one request of a bucket, about
   * 30 ms. Every delete file costs the statement one request to write, and each scan one to read.
   */
  private static final long BYTES_WORTH_A_REQUEST = 1 << 20;

  /** One in so many rows gone makes every scan read a file that is that much too long. */
  private static final int SHARE_WORTH_A_REWRITE = 4;

  /**
   * Chooses for one file. See {@code docs/adr/rewrite-or-mark-by-cost.md}.
   *
   * @param rows rows to be taken from it, all of them there until now
   * @param canMark whether the table's version has a way to mark rows of this file
   */
  static FileChange of(RowChangeMode.Kind mode, TargetFile target, long rows, boolean canMark) {
    if (rows == WholeFiles.rows(target)) {
      return REMOVE;
    }
    if (!canMark) {
      return REWRITE;
    }
    return switch (mode) {
      case COPY_ON_WRITE -> REWRITE;
      case MERGE_ON_READ -> MARK;
      case BY_COST -> {
        long gone = rows + markedRows(target);
        long requests = deleteFiles(target);
        yield target.file().fileSizeInBytes() <= requests * BYTES_WORTH_A_REQUEST
                || gone * SHARE_WORTH_A_REWRITE >= target.file().recordCount()
            ? REWRITE
            : MARK;
      }
    };
  }

  /** Those that it would have: the new one has taken in what belongs to no other data file. */
  private static long deleteFiles(TargetFile target) {
    return 1
        + target.deletes().stream().filter(delete -> !isVector(delete)).count()
        - OwnPositionDeletes.of(target).size();
  }

  /** Rows that are gone already, as far as delete files tell that are of this file only. */
  private static long markedRows(TargetFile target) {
    long rows = 0;
    for (DeleteFile delete : OwnPositionDeletes.of(target)) {
      rows += delete.recordCount();
    }
    for (DeleteFile delete : target.deletes()) {
      rows += isVector(delete) ? delete.recordCount() : 0;
    }
    return rows;
  }

  private static boolean isVector(DeleteFile delete) {
    return delete.format() == FileFormat.PUFFIN;
  }
}
