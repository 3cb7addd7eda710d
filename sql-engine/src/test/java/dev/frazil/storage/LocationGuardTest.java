package dev.frazil.storage;

import static dev.frazil.storage.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.Warehouse;
import dev.frazil.error.SqlState;
import dev.frazil.testing.HostileLocations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Locations come from metadata, and metadata may come from anybody. */
class LocationGuardTest {
  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("dev.frazil.testing.HostileLocations#FOR_BUCKET")
  void refusesHostileLocationsOfABucket(String hostile) {
    refusesEverywhere(
        LocationGuard.of(new Warehouse.S3Prefix("bucket", "wh")), "s3://bucket/wh", hostile);
  }

  @ParameterizedTest
  @FieldSource("dev.frazil.testing.HostileLocations#FOR_FOLDER")
  void refusesHostileLocationsOfAFolder(String hostile) throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Path warehouse = Files.createDirectory(folder.resolve("wh"));
    Files.createDirectory(warehouse.resolve("a"));
    Files.createSymbolicLink(warehouse.resolve("outside-link"), outside);
    Files.createSymbolicLink(warehouse.resolve("a/chain-link"), warehouse.resolve("outside-link"));
    Files.createSymbolicLink(warehouse.resolve("link-to-file"), outside.resolve("secret"));
    Files.createSymbolicLink(warehouse.resolve("dangling-link"), outside.resolve("missing"));
    String root = warehouse.toString();
    refusesEverywhere(
        LocationGuard.of(new Warehouse.LocalFolder(root)), root, hostile.replace("$", root));
  }

  @Test
  void thereAreEnoughHostileLocations() {
    assertThat(HostileLocations.FOR_BUCKET).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(60);
    assertThat(HostileLocations.FOR_FOLDER).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/wh/x, s3://bucket/wh/x",
    "s3a://bucket/wh/x, s3://bucket/wh/x",
    "s3n://bucket/wh/x, s3://bucket/wh/x",
    "s3://bucket/wh, s3://bucket/wh",
    "s3://bucket/wh/, s3://bucket/wh",
    "s3://bucket/wh/t/p=a%2Fb/x.parquet, s3://bucket/wh/t/p=a%2Fb/x.parquet",
    "s3://bucket/wh/p=a%2F..%2Fb/x, s3://bucket/wh/p=a%2F..%2Fb/x",
    "s3://bucket/wh//x, s3://bucket/wh//x",
    "s3://bucket/wh/..x, s3://bucket/wh/..x",
    "s3://bucket/wh/x.., s3://bucket/wh/x..",
    "s3://bucket/wh/ü, s3://bucket/wh/ü",
  })
  void allowsWhatLiesInTheBucket(String location, String canonical) {
    LocationGuard guard = LocationGuard.of(new Warehouse.S3Prefix("bucket", "wh"));
    assertThat(guard.check(location)).isEqualTo(canonical);
    assertThat(guard.allows(location)).isTrue();
  }

  @Test
  void allowsTheWholeBucketWithoutAPrefix() {
    LocationGuard guard = LocationGuard.of(new Warehouse.S3Prefix("bucket", ""));
    assertThat(guard.check("s3a://bucket/any/thing")).isEqualTo("s3://bucket/any/thing");
    assertThat(guard.checkListing("s3://bucket")).isEqualTo("s3://bucket/");
    assertThat(guard.allows("s3://bucket2/any")).isFalse();
  }

  @Test
  void allowsWhatLiesInTheFolder() throws IOException {
    Path warehouse = Files.createDirectory(folder.resolve("wh"));
    Files.createDirectory(warehouse.resolve("real"));
    Files.createSymbolicLink(warehouse.resolve("inside-link"), warehouse.resolve("real"));
    Files.createSymbolicLink(folder.resolve("alias"), warehouse);
    String root = warehouse.toString();
    LocationGuard guard = LocationGuard.of(new Warehouse.LocalFolder(root));
    for (String location :
        List.of(
            root + "/a/b", "file:" + root + "/a/b", "file://" + root + "/a/b", root + "//a/b/")) {
      assertThat(guard.check(location)).isEqualTo(root + "/a/b");
    }
    assertThat(guard.check(root + "/inside-link/x")).isEqualTo(root + "/inside-link/x");
    String alias = folder.resolve("alias").toString();
    assertThat(LocationGuard.of(new Warehouse.LocalFolder(alias)).check(alias + "/x"))
        .as("the warehouse itself may be reached through a link")
        .isEqualTo(alias + "/x");
    LocationGuard absent = LocationGuard.of(new Warehouse.LocalFolder(root + "/not/yet"));
    assertThat(absent.check(root + "/not/yet/x")).isEqualTo(root + "/not/yet/x");
  }

  @Test
  void aListingStaysInTheWarehouse() {
    LocationGuard guard = LocationGuard.of(new Warehouse.S3Prefix("bucket", "wh"));
    assertThat(guard.checkListing("s3://bucket/wh")).isEqualTo("s3://bucket/wh/");
    assertThat(guard.checkListing("s3a://bucket/wh/t/")).isEqualTo("s3://bucket/wh/t/");
    assertThat(guard.checkListing("s3://bucket/wh/t/part-")).isEqualTo("s3://bucket/wh/t/part-");
  }

  @Test
  void namesOfTheSameObjectAreEqual() {
    assertThat(LocationGuard.normalise("s3a://bucket/wh/"))
        .isEqualTo(LocationGuard.normalise("s3://bucket/wh"));
    assertThat(LocationGuard.normalise("file:///a//b/")).isEqualTo(LocationGuard.normalise("/a/b"));
  }

  @Test
  void messagesDoNotEchoControlCharacters() {
    LocationGuard guard = LocationGuard.of(new Warehouse.S3Prefix("bucket", "wh"));
    assertFails(SqlState.LOCATION_REFUSED, () -> guard.check("s3://bucket/wh/\u001b[2J\nx"))
        .hasMessageNotContaining("\u001b")
        .hasMessageNotContaining("\n");
  }

  /** Every call of a guarded store refuses the location before the store underneath hears of it. */
  private static void refusesEverywhere(LocationGuard guard, String root, String hostile) {
    UntouchedStore untouched = new UntouchedStore();
    GuardedObjectStore store = new GuardedObjectStore(untouched, guard, false);
    assertRefused(() -> store.fetch(hostile, null, 10));
    assertRefused(() -> store.readFully(hostile, 0, new byte[1], 0, 1));
    assertRefused(() -> store.head(hostile));
    assertRefused(() -> store.putIf(hostile, new byte[1], PutCondition.ifAbsent()));
    assertRefused(() -> store.put(hostile, new byte[1]));
    assertRefused(() -> store.create(hostile));
    assertRefused(() -> store.list(hostile));
    assertRefused(() -> store.delete(List.of(root + "/fine", hostile)));
    assertRefused(() -> new StoreFileIO(store).newInputFile(hostile).newStream());
    assertRefused(() -> new StoreFileIO(store).newInputFile(hostile, 5).newStream());
    assertRefused(() -> new StoreFileIO(store).newOutputFile(hostile).create());
    assertThat(untouched.touched).isEmpty();
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertFails(SqlState.LOCATION_REFUSED, call).hasMessageContaining("refused");
  }

  private static final class UntouchedStore implements ObjectStore {
    final List<String> touched = new ArrayList<>();

    @Override
    public FetchOutcome fetch(String location, String knownEntityTag, long maxBytes) {
      touched.add(location);
      return new FetchOutcome.Missing();
    }

    @Override
    public void readFully(String location, long position, byte[] target, int offset, int length) {
      touched.add(location);
    }

    @Override
    public Optional<ObjectInfo> head(String location) {
      touched.add(location);
      return Optional.empty();
    }

    @Override
    public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
      touched.add(location);
      return new PutOutcome.Refused("untouched");
    }

    @Override
    public void put(String location, byte[] body) {
      touched.add(location);
    }

    @Override
    public UploadStream create(String location) {
      touched.add(location);
      throw new AssertionError(location);
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
      touched.add(prefix);
      return List.<ObjectInfo>of().iterator();
    }

    @Override
    public void delete(Collection<String> locations) {
      touched.addAll(locations);
    }

    @Override
    public void close() {}
  }
}
