package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The moment of a conditional put in a folder: one {@code link(2)} or one {@code rename(2)} gives a
 * whole, forced temporary file its name. Thread-safe.
 */
final class FileSwap {
  private final FolderLock folderLock;

  FileSwap(FolderLock folderLock) {
    this.folderLock = folderLock;
  }

  /** Gives the temporary file its name if the condition holds. */
  PutOutcome give(Path temporary, Path target, byte[] body, PutCondition condition) {
    if (condition instanceof PutCondition.IfMatch match) {
      return renameIfMatch(temporary, target, body, match);
    } else if (condition instanceof PutCondition.IfNext next) {
      return linkIfNext(temporary, target, body, next);
    }
    return linkIfAbsent(temporary, target, body);
  }

  /**
   * Stores the object unless there is one, behind another one of its folder. The temporary file
   * stands in the folder that the other one is looked for in, and goes with it when the folder is
   * renamed or deleted: then there is nothing to link.
   */
  private PutOutcome linkIfNext(
      Path temporary, Path target, byte[] body, PutCondition.IfNext next) {
    try {
      byte[] previous = FileObjectStore.readWhole(next.previous(), Integer.MAX_VALUE - 8);
      if (!FileObjectStore.entityTag(previous).equals(next.entityTag())) {
        return new PutOutcome.Refused("'" + next.previous() + "' is not what it was");
      }
    } catch (NoSuchFileException e) {
      return new PutOutcome.Refused("'" + next.previous() + "' is gone");
    } catch (IOException e) {
      throw FileFailures.of(e, "read", next.previous());
    }
    PutOutcome outcome = linkIfAbsent(temporary, target, body);
    return outcome instanceof PutOutcome.Unknown unknown
            && unknown.cause() instanceof NoSuchFileException
            && !Files.exists(temporary)
        ? new PutOutcome.Refused("the folder of '" + target + "' was taken away")
        : outcome;
  }

  /** Stores the object unless there is one. */
  private PutOutcome linkIfAbsent(Path temporary, Path target, byte[] body) {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      return new PutOutcome.Refused("an object stands under '" + target + "'");
    } catch (UnsupportedOperationException e) {
      throw noHardLinks(target, e);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("not permitted")) {
        throw noHardLinks(target, e);
      }
      return failed(e, target);
    }
    return acknowledge(target, body);
  }

  /** Stores the object over the one that the caller has seen. */
  private PutOutcome renameIfMatch(
      Path temporary, Path target, byte[] body, PutCondition.IfMatch match) {
    Path folder = FileObjectStore.folderOf(target);
    try {
      PutOutcome outcome =
          folderLock.runLocked(
              folder,
              () -> {
                String current;
                try {
                  current =
                      FileObjectStore.entityTag(
                          FileObjectStore.readWhole(target.toString(), Integer.MAX_VALUE - 8));
                } catch (NoSuchFileException e) {
                  return new PutOutcome.Refused("no object stands under '" + target + "'");
                }
                if (!current.equals(match.entityTag())) {
                  return new PutOutcome.Refused(
                      "'" + target + "' has the tag " + current + ", not " + match.entityTag());
                }
                try {
                  Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                  return failed(e, target);
                }
                return acknowledge(target, body);
              });
      return outcome != null
          ? outcome
          : new PutOutcome.Conflict(
              "another writer holds the lock of '" + folder + "'; this attempt stored nothing");
    } catch (IOException e) {
      throw FileFailures.of(e, "write", target.toString());
    }
  }

  /** A known refusal of the system is a failure; anything else may have happened or not. */
  private static PutOutcome failed(IOException failure, Path target) {
    EngineException known = FileFailures.of(failure, "write", target.toString());
    if (known.state() == SqlState.IO_ERROR) {
      return new PutOutcome.Unknown(failure);
    }
    throw known;
  }

  /** The object has its name; only now may a failure no longer claim that it has not. */
  private static PutOutcome acknowledge(Path target, byte[] body) {
    try {
      Durability.forceFolder(FileObjectStore.folderOf(target));
      return new PutOutcome.Stored(FileObjectStore.entityTag(body));
    } catch (IOException e) {
      return new PutOutcome.Unknown(e);
    }
  }

  private static EngineException noHardLinks(Path target, Throwable cause) {
    return new EngineException(
        SqlState.CONNECTION_REJECTED,
        "the file system of '"
            + target
            + "' has no hard links, which a safe commit needs. Put"
            + " the warehouse on a local disk (ext4, xfs, APFS, NTFS) or in a bucket",
        cause);
  }
}
