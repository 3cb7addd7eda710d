package dev.frazil.catalog;

import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * The files of tables as an engine reads and writes them that has loaded {@link BucketCatalog} by
 * {@code catalog-impl}, also on its other machines: by Iceberg's own access, which is sent there.
 * {@link #deleteFile} deletes nothing, as everywhere in Frazil but in package {@code maintenance}:
 * what nobody points to is collected by {@code CALL system.remove_orphan_files}.
 */
final class UndeletingFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private final FileIO files;

  UndeletingFileIO(FileIO files) {
    this.files = files;
  }

  @Override
  public InputFile newInputFile(String path) {
    return files.newInputFile(path);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return files.newInputFile(path, length);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return files.newOutputFile(path);
  }

  @Override
  public void deleteFile(String path) {}

  @Override
  public Map<String, String> properties() {
    return files.properties();
  }

  @Override
  public void close() {
    files.close();
  }
}
