package dev.frazil.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frazil fails none of the checks, and refuses those that are named here, by their words. */
class ConformanceTest {
  /** What Frazil says it does not support; docs/reference/jdbc-conformance.md tells why. */
  private static final Set<String> REFUSED = Set.of("escapes: {fn DATABASE}", "escapes: {fn USER}");

  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void frazilKeepsEveryPromise() throws Exception {
    Dialect dialect = Dialect.frazil(folder.toString());
    List<Verdict> verdicts = new Runner(dialect).run(Suite.checks());
    assertThat(verdicts)
        .filteredOn(verdict -> verdict.outcome() == Verdict.Outcome.FAILED)
        .isEmpty();
    assertThat(verdicts)
        .filteredOn(verdict -> verdict.outcome() == Verdict.Outcome.NOT_SUPPORTED)
        .extracting(verdict -> verdict.check().title())
        .containsExactlyInAnyOrderElementsOf(REFUSED);
  }

  /** Two of one name would hide one of them; one without a basis would be our own wish. */
  @Test
  void everyCheckHasANameAndABasis() {
    Set<String> titles = new HashSet<>();
    for (Check check : Suite.checks()) {
      assertThat(titles.add(check.title())).as(check.title()).isTrue();
      assertThat(check.basis()).as(check.title()).isNotBlank();
    }
    assertThat(titles).hasSizeGreaterThan(1900);
  }

  /** A check that cannot fail would show nothing. */
  @Test
  void aBrokenPromiseIsSeen() throws Exception {
    Runner runner = new Runner(Dialect.h2());
    List<Check> checks =
        List.of(
            new Check("a", "right", "b", scene -> Expect.equal(1, scene.row("SELECT 1").getInt(1))),
            new Check("a", "wrong", "b", scene -> Expect.equal(2, scene.row("SELECT 1").getInt(1))),
            new Check("a", "lax", "b", scene -> Expect.fails(() -> scene.row("SELECT 1"))),
            new Check("a", "lacking", "b", scene -> scene.dialect().type(Kind.BOOLEAN)),
            new Check("a", "none", "b", scene -> scene.connection().createStruct("x", null)));
    assertThat(runner.run(checks))
        .extracting(verdict -> verdict.outcome().name())
        .containsExactly("PASSED", "FAILED", "FAILED", "PASSED", "NOT_SUPPORTED");
  }

  @Test
  void thePageNamesWhatIsRefused() throws Exception {
    Path page =
        dev.frazil.architecture.RepositoryRoot.find().resolve("docs/reference/jdbc-conformance.md");
    String text = Files.readString(page);
    for (String refused : REFUSED) {
      assertThat(text).contains(refused.substring(refused.indexOf(' ') + 1));
    }
  }
}
