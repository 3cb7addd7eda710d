import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;

/** Files that are right and seldom seen, of Apache's ORC library. */
final class OddOrcFiles {
  private static final int LIST_LENGTH = 2000;

  private OddOrcFiles() {}

  static void write(Path folder) throws IOException {
    withoutIndex(folder);
    longLists(folder);
  }

  private static Writer writer(Path file, OrcFile.WriterOptions options) throws IOException {
    Files.deleteIfExists(file);
    return OrcFile.createWriter(new org.apache.hadoop.fs.Path(file.toUri()), options);
  }

  private static OrcFile.WriterOptions options(TypeDescription type) {
    return OrcFile.writerOptions(new Configuration()).setSchema(type);
  }

  /** Of an Iceberg table with orc.create.index = false: its statistics count nothing. */
  private static void withoutIndex(Path folder) throws IOException {
    TypeDescription type = TypeDescription.fromString("struct<id:int,v:string>");
    for (int i = 0; i < 2; i++) {
      type.getChildren().get(i).setAttribute("iceberg.id", Integer.toString(i + 1));
    }
    try (Writer writer =
        writer(folder.resolve("without-index.orc"), options(type).rowIndexStride(0))) {
      VectorizedRowBatch batch = type.createRowBatch();
      for (int row = 0; row < 22; row++) {
        batch.size++;
        ((LongColumnVector) batch.cols[0]).vector[row] = row;
        if (row % 11 == 0) {
          batch.cols[1].noNulls = false;
          batch.cols[1].isNull[row] = true;
        } else {
          ((BytesColumnVector) batch.cols[1])
              .setVal(row, ("word " + row % 3).getBytes(StandardCharsets.UTF_8));
        }
      }
      writer.addRowBatch(batch);
    }
    Files.deleteIfExists(folder.resolve(".without-index.orc.crc"));
  }

  /** 4,096 lists of equal elements, which take next to no bytes. */
  private static void longLists(Path folder) throws IOException {
    TypeDescription type = TypeDescription.fromString("struct<l:array<int>>");
    try (Writer writer = writer(folder.resolve("long-lists.orc"), options(type))) {
      VectorizedRowBatch batch = type.createRowBatch();
      ListColumnVector lists = (ListColumnVector) batch.cols[0];
      lists.child.ensureSize(LIST_LENGTH * batch.getMaxSize(), false);
      Arrays.fill(((LongColumnVector) lists.child).vector, 7);
      for (int round = 0; round < 4; round++) {
        for (int row = 0; row < batch.getMaxSize(); row++) {
          lists.offsets[row] = (long) LIST_LENGTH * row;
          lists.lengths[row] = LIST_LENGTH;
        }
        batch.size = batch.getMaxSize();
        lists.childCount = LIST_LENGTH * batch.size;
        writer.addRowBatch(batch);
      }
    }
    Files.deleteIfExists(folder.resolve(".long-lists.orc.crc"));
  }
}
