package dev.frazil.storage;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Iceberg's view of an {@link ObjectStore}. Thread-safe. It does not own the store: closing does
 * nothing.
 *
 * <p>A file of unknown length is read whole by its first use, in one GET and without a HEAD:
 * Iceberg opens only metadata and manifest lists that way, and reads them whole. Output files have
 * names used once, so {@code create} asks nothing and overwrites.
 *
 * <p>{@link #deleteFile} deletes nothing. Iceberg calls it to clean up after what it believes to
 * have failed, which has cost live files before (iceberg #2317 and its kin); the request goes to a
 * hook, where the catalog decides. Only package {@code maintenance} deletes.
 *
 * <p>{@code FileIO} is {@code Serializable} for engines that ship it to workers; here there are
 * none, and an attempt fails.
 */
public final class StoreFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient ObjectStore store;
  private final transient Consumer<String> deleteRequests;

  /** Requests to delete are dropped: what nobody refers to is left to orphan removal. */
  public StoreFileIO(ObjectStore store) {
    this(store, location -> {});
  }

  /**
   * @param deleteRequests takes every location that Iceberg asks to delete
   */
  public StoreFileIO(ObjectStore store, Consumer<String> deleteRequests) {
    this.store = store;
    this.deleteRequests = deleteRequests;
  }

  /** The store underneath. */
  public ObjectStore store() {
    return store;
  }

  @Override
  public InputFile newInputFile(String path) {
    return new StoreInputFile(store, path, StoreInputFile.UNKNOWN_LENGTH);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return new StoreInputFile(store, path, length);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new StoreOutputFile(store, path);
  }

  @Override
  public void deleteFile(String path) {
    deleteRequests.accept(path);
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(StoreFileIO.class.getName());
  }
}
