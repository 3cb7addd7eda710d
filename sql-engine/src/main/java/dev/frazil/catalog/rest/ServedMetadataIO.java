package dev.frazil.catalog.rest;

import dev.frazil.catalog.MetadataFileIO;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Manifests and manifest lists from the store. The metadata files are the server's, which may keep
 * them to itself; what it told of them is as good while it is in memory. Thread-safe.
 */
final class ServedMetadataIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient MetadataFileIO files;
  private final transient TableAnswers answers;

  ServedMetadataIO(MetadataFileIO files, TableAnswers answers) {
    this.files = files;
    this.answers = answers;
  }

  /**
   * @param path null where Iceberg asks for the metadata file of a table that this transaction
   *     changed
   */
  @Override
  public InputFile newInputFile(@Nullable String path) {
    TableMetadata served = path == null ? null : answers.known(path);
    return path == null || served == null
        ? files.newInputFile(path)
        : new InMemoryInputFile(
            path, TableMetadataParser.toJson(served).getBytes(StandardCharsets.UTF_8));
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
  public void deleteFile(String path) {
    files.deleteFile(path);
  }

  @Override
  public Map<String, String> properties() {
    return files.properties();
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(ServedMetadataIO.class.getName());
  }
}
