package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files of a local folder. Thread-safe, and safe between processes of one machine.
 *
 * <p>Every object is written to a temporary file beside its target before it gets its name, so that
 * a reader sees a whole object or none. File and folder are forced to disk before the write is
 * acknowledged; in a warehouse, where objects count when a swap refers to them, before the next
 * conditional put stores anything ({@link DeferredForces}).
 *
 * <ul>
 *   <li>Create if absent: {@code link(2)} of the temporary file, which has exactly one winner.
 *   <li>Replace if unchanged: compare and {@code rename(2)} under the {@link FolderLock}. A process
 *       that is killed loses the lock with its life, before or after the one atomic rename. A
 *       process that is paused under the lock keeps it: others get {@link PutOutcome.Conflict}
 *       after {@link #LOCK_TIMEOUT_MILLIS}, and when it goes on, nobody has moved under it. So a
 *       pause costs progress, never data.
 *   <li>The entity tag is the SHA-256 of the content, as the tag of S3 is a hash of the content: no
 *       clock, no inode. Bodies that must be told apart carry an id.
 * </ul>
 *
 * The lock needs a file system whose locks work (local disks; NFS 4 with its lock service).
 * Temporary files of killed writers stay behind as {@code .frazil-*.tmp} until {@link
 * TemporarySweep} finds them; listings skip them. {@link FolderTurns} keeps writers in order.
 */
public final class FileObjectStore implements ObjectStore {
  /**
   * The channel copies through native memory of the size of a read: pieces that stay in the cache
   * of a core cost a fraction of the page faults of a large one.
   */
  private static final int READ_BYTES = 256 << 10;

  static final long LOCK_TIMEOUT_MILLIS = 10_000;
  static final String HIDDEN_PREFIX = ".frazil-";

  private final Ids ids;
  private final FolderLock folderLock;
  private final FileSwap swap;
  private final FolderTurns turns;
  private final TemporarySweep sweep;
  private final @Nullable DeferredForces deferred;
  private final RequestCounter counter = new RequestCounter();

  public FileObjectStore(TimeSource time, Ids ids) {
    this(time, ids, LOCK_TIMEOUT_MILLIS);
  }

  /** With another bound on the wait for a writer that is paused in the middle of a swap. */
  public FileObjectStore(TimeSource time, Ids ids, long lockTimeoutMillis) {
    this(time, ids, lockTimeoutMillis, null);
  }

  /**
   * The store of a warehouse: what {@link #put} and {@link #create} store counts from the next
   * {@link #putIf} on, which waits until it is on the disk.
   */
  static FileObjectStore ofWarehouse(TimeSource time, Ids ids) {
    return new FileObjectStore(time, ids, LOCK_TIMEOUT_MILLIS, DeferredForces.ofThisMachine());
  }

  /**
   * @param deferred forces files for the next swap; null forces each before it is acknowledged
   */
  FileObjectStore(
      TimeSource time, Ids ids, long lockTimeoutMillis, @Nullable DeferredForces deferred) {
    this.deferred = deferred;
    this.ids = ids;
    this.folderLock = new FolderLock(time, lockTimeoutMillis);
    this.swap = new FileSwap(folderLock);
    this.turns = new FolderTurns(time, lockTimeoutMillis / 4);
    this.sweep = new TemporarySweep(time, ids);
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    counter.countRequest(RequestCounter.Kind.GET);
    byte[] body;
    try {
      body = readWhole(location, maxBytes);
    } catch (NoSuchFileException e) {
      return new FetchOutcome.Missing();
    } catch (IOException e) {
      throw FileFailures.of(e, "read", location);
    }
    counter.countRead(body.length);
    String entityTag = entityTag(body);
    return entityTag.equals(knownEntityTag)
        ? new FetchOutcome.NotModified()
        : new FetchOutcome.Fetched(body, entityTag);
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    counter.countRequest(RequestCounter.Kind.RANGE_GET);
    try (FileChannel channel = FileChannel.open(Path.of(location), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
      int done = 0;
      while (done < length) {
        buffer.limit(offset + Math.min(length, done + READ_BYTES));
        if (channel.read(buffer, position + done) < 0) {
          throw FileFailures.tooShort(location, position + length, channel.size());
        }
        done = buffer.position() - offset;
      }
    } catch (IOException e) {
      throw FileFailures.of(e, "read", location);
    }
    counter.countRead(length);
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    counter.countRequest(RequestCounter.Kind.HEAD);
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(Path.of(location), BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new ObjectInfo(location, attributes.size(), attributes.lastModifiedTime().toMillis()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailures.of(e, "read", location);
    }
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    counter.countRequest(RequestCounter.Kind.CONDITIONAL_PUT);
    Path target = Path.of(location);
    if (condition instanceof PutCondition.IfMatch && !Files.exists(target)) {
      return new PutOutcome.Refused("no object stands under '" + location + "'");
    }
    if (condition instanceof PutCondition.IfNext && !Files.isDirectory(folderOf(target))) {
      return new PutOutcome.Refused("the folder of '" + target + "' is gone");
    }
    try (TemporaryFile temporary = writeTemporary(target, body)) {
      settle(temporary, target);
      counter.countWritten(body.length);
      PutOutcome outcome = swap.give(temporary.path(), target, body, condition);
      if (outcome instanceof PutOutcome.Stored) {
        sweep.afterWriting(folderOf(target), target);
      }
      return outcome;
    }
  }

  @Override
  public void put(String location, byte[] body) {
    counter.countRequest(RequestCounter.Kind.PUT);
    Path target = Path.of(location);
    publish(writeTemporary(target, body), target);
    counter.countWritten(body.length);
  }

  @Override
  public UploadStream create(String location) {
    counter.countRequest(RequestCounter.Kind.PUT);
    Path target = Path.of(location);
    try {
      return new FileUpload(this, counter, TemporaryFile.create(folderOf(target), ids), target);
    } catch (IOException e) {
      throw FileFailures.of(e, "write", location);
    }
  }

  /** Everything that the swapped object may refer to comes to the disk before it. */
  private void settle(TemporaryFile temporary, Path target) {
    try {
      if (deferred == null) {
        temporary.force();
      } else {
        deferred.settle(temporary);
      }
    } catch (IOException e) {
      throw FileFailures.of(e, "write", target.toString());
    }
  }

  /** Gives a whole temporary file its name, whatever stood there, and closes it. */
  void publish(TemporaryFile temporary, Path target) {
    boolean handedOn = false;
    try {
      if (deferred == null) {
        temporary.force();
      }
      Path hidden = temporary.path();
      betweenSwaps(
          folderOf(target),
          "write",
          () -> Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE));
      if (deferred == null) {
        Durability.forceFolder(folderOf(target));
      } else {
        deferred.add(temporary, target);
        handedOn = true;
      }
    } catch (IOException e) {
      throw FileFailures.of(e, "write", target.toString());
    } finally {
      if (!handedOn) {
        temporary.close();
      }
    }
    sweep.afterWriting(folderOf(target), target);
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    counter.countRequest(RequestCounter.Kind.LIST);
    return new FolderListing(prefix);
  }

  @Override
  public void delete(Collection<String> locations) {
    Map<Path, List<Path>> byFolder = new LinkedHashMap<>();
    for (String location : locations) {
      counter.countRequest(RequestCounter.Kind.DELETE);
      Path file = Path.of(location);
      byFolder.computeIfAbsent(folderOf(file), unused -> new ArrayList<>()).add(file);
    }
    byFolder.forEach(this::delete);
  }

  private void delete(Path folder, List<Path> files) {
    try {
      betweenSwaps(folder, "delete", () -> deleteAll(files));
    } catch (IOException e) {
      throw FileFailures.of(e, "delete", folder.toString());
    }
    if (deferred != null) {
      deferred.deleted(files);
    }
  }

  /** Not between the comparison and the rename of a swap, which would undo it. */
  private void betweenSwaps(Path folder, String attempted, FolderLock.Action<?> action)
      throws IOException {
    if (!FolderLock.inUse(folder)) {
      action.run();
    } else if (folderLock.runLocked(folder, action) == null) {
      throw new EngineException(
          SqlState.IO_ERROR,
          "cannot " + attempted + " in '" + folder + "': another writer holds the folder's lock");
    }
  }

  private static List<Path> deleteAll(List<Path> files) {
    for (Path file : files) {
      try {
        if (!Files.isDirectory(file)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw FileFailures.of(e, "delete", file.toString());
      }
    }
    return files;
  }

  @Override
  public boolean keepsTurns() {
    return true;
  }

  @Override
  public Turn takeTurn(String folder) {
    return turns.take(Path.of(folder));
  }

  @Override
  public RequestCounter requests() {
    return counter;
  }

  @Override
  public void close() {}

  /** SHA-256 of the content, in hexadecimal digits. */
  static String entityTag(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static byte[] readWhole(String location, long maxBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(location), StandardOpenOption.READ)) {
      long lengthBytes = channel.size();
      if (lengthBytes > maxBytes || lengthBytes > Integer.MAX_VALUE - 8) {
        throw FileFailures.tooLarge(location, lengthBytes, maxBytes);
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) lengthBytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw FileFailures.tooShort(location, lengthBytes, buffer.position());
        }
      }
      return buffer.array();
    }
  }

  private TemporaryFile writeTemporary(Path target, byte[] body) {
    TemporaryFile temporary = null;
    try {
      temporary = TemporaryFile.create(folderOf(target), ids);
      temporary.write(ByteBuffer.wrap(body));
      return temporary;
    } catch (IOException e) {
      if (temporary != null) {
        temporary.close();
      }
      throw FileFailures.of(e, "write", target.toString());
    }
  }

  static Path folderOf(Path target) {
    Path folder = target.getParent();
    if (folder == null) {
      throw new EngineException(SqlState.IO_ERROR, "'" + target + "' names no file");
    }
    return folder;
  }
}
