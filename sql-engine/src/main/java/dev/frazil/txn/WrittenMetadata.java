package dev.frazil.txn;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * The manifests and manifest lists of one transaction as Iceberg reads and writes them: remembers
 * what was written, so that it can go with what is rolled back. Thread-safe.
 */
final class WrittenMetadata implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient FileIO io;
  private final transient List<String> locations = new ArrayList<>();

  WrittenMetadata(FileIO io) {
    this.io = io;
  }

  /** How many files were written, or begun. */
  synchronized int count() {
    return locations.size();
  }

  /** Forgets the files after the first so many, and answers them. */
  synchronized List<String> removeAfter(int count) {
    List<String> since = locations.subList(count, locations.size());
    List<String> removed = List.copyOf(since);
    since.clear();
    return removed;
  }

  @Override
  public InputFile newInputFile(String path) {
    return io.newInputFile(path);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return io.newInputFile(path, length);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    synchronized (this) {
      locations.add(path);
    }
    return io.newOutputFile(path);
  }

  @Override
  public void deleteFile(String path) {
    io.deleteFile(path);
  }

  @Override
  public Map<String, String> properties() {
    return io.properties();
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(WrittenMetadata.class.getName());
  }
}
