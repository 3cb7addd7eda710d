package dev.frazil.storage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What the child processes of {@link FileObjectStoreProcessTest} do. */
final class FileStoreChild {
  private FileStoreChild() {}

  public static void main(String[] arguments) throws Exception {
    FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());
    switch (arguments[0]) {
      case "create" -> create(store, arguments[1], Integer.parseInt(arguments[2]));
      case "count" -> count(store, arguments[1], Integer.parseInt(arguments[2]));
      case "turn" -> takeTurn(store, arguments[1]);
      case "upload" -> upload(store, arguments[1]);
      case "hold" -> hold(Path.of(arguments[1]), arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println("done");
  }

  /** Takes part in {@code races} create races, one every two milliseconds; says which it won. */
  private static void create(ObjectStore store, String folder, int races) throws Exception {
    System.out.println("ready");
    long start = Long.parseLong(new String(System.in.readNBytes(13), StandardCharsets.US_ASCII));
    String me = String.valueOf(ProcessHandle.current().pid());
    for (int race = 0; race < races; race++) {
      while (System.currentTimeMillis() < start + race * 2L) {
        Thread.onSpinWait();
      }
      PutOutcome outcome = store.putIf(folder + "/" + race, bytes(me), PutCondition.ifAbsent());
      if (outcome instanceof PutOutcome.Stored) {
        System.out.println("won " + race + " " + me);
      } else if (!(outcome instanceof PutOutcome.Refused)) {
        System.out.println("odd " + outcome);
      }
    }
  }

  /** Adds one to the number in a file, {@code times} times; says each acknowledged value. */
  private static void count(ObjectStore store, String location, int times) {
    for (int done = 0; done < times; ) {
      FetchOutcome.Fetched seen = (FetchOutcome.Fetched) store.fetch(location, null, 100);
      long next = Long.parseLong(new String(seen.body(), StandardCharsets.US_ASCII)) + 1;
      PutOutcome outcome =
          store.putIf(
              location, bytes(String.valueOf(next)), PutCondition.ifMatch(seen.entityTag()));
      if (outcome instanceof PutOutcome.Stored) {
        System.out.println("stored " + next);
        done++;
      } else if (outcome instanceof PutOutcome.Unknown) {
        System.out.println("odd " + outcome);
      }
    }
  }

  /** Takes a turn and keeps it. */
  private static void takeTurn(ObjectStore store, String folder) {
    try (ObjectStore.Turn turn = store.takeTurn(folder)) {
      System.out.println("taken");
      TimeSource.system().sleepMillis(600_000);
    }
  }

  /** Writes half of an object. */
  private static void upload(ObjectStore store, String location) throws Exception {
    try (ObjectStore.UploadStream stream = store.create(location)) {
      stream.write(new byte[200_000]);
      System.out.println("written");
      TimeSource.system().sleepMillis(600_000);
    }
  }

  /** A swap with a long pause between its comparison and its rename. */
  private static void hold(Path target, String body) throws Exception {
    Path temporary = Files.writeString(target.resolveSibling(".frazil-held.tmp"), body);
    new FolderLock(TimeSource.system(), 10_000)
        .runLocked(
            target.getParent(),
            () -> {
              System.out.println("compared");
              TimeSource.system().sleepMillis(500);
              return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
