package dev.frazil.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ObjectStore;
import java.io.ObjectInputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * The walls of the house (docs/architecture.md): directions, single homes, and what no code may do.
 */
class HouseTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .importUrl(SqlState.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void aPackageUsesOnlyThePackagesBelowIt() {
    classes().should(useOnlyLowerRows()).check(HOUSE);
  }

  @Test
  void everyPackageHasItsRow() {
    Set<String> unknown = new java.util.TreeSet<>();
    for (JavaClass javaClass : HOUSE) {
      if (!HouseRows.LOWEST_FIRST.contains(row(javaClass))) {
        unknown.add(javaClass.getPackageName());
      }
    }
    assertThat(unknown).as("packages without a row in the house").isEmpty();
  }

  @Test
  void openTelemetryLivesInTelemetry() {
    noClasses()
        .that(resideOutside("dev.frazil.telemetry.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.opentelemetry.."))
        .check(HOUSE);
  }

  @Test
  void calciteLivesInPlan() {
    noClasses()
        .that(resideOutside("dev.frazil.plan.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.apache.calcite.."))
        .check(HOUSE);
  }

  @Test
  void theAwsSdkLivesInStorageAndCatalog() {
    noClasses()
        .that(resideOutside("dev.frazil.storage..", "dev.frazil.catalog.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("software.amazon.."))
        .check(HOUSE);
  }

  @Test
  void javaSqlLivesInTheDriverAndWhereACatalogIsInADatabase() {
    noClasses()
        .that(resideOutside("dev.frazil.catalog.sql.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."))
        .check(HOUSE);
  }

  @Test
  void noHadoopAndNoAvroModelOfParquet() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.apache.hadoop..", "org.apache.parquet.hadoop..", "org.apache.parquet.avro.."))
        .check(HOUSE);
  }

  @Test
  void onlyMaintenanceDeletesObjects() {
    noClasses()
        .that(resideOutside("dev.frazil.maintenance..", "dev.frazil.storage.."))
        .should()
        .callMethod(ObjectStore.class, "delete", java.util.Collection.class)
        .check(HOUSE);
  }

  @Test
  void clocksAndRandomIdsAreInjected() {
    noClasses()
        .that(
            com.tngtech.archunit.base.DescribedPredicate.not(
                resideInAPackage("dev.frazil.storage")
                    .and(
                        com.tngtech.archunit.base.DescribedPredicate.describe(
                            "TimeSource or Ids",
                            javaClass ->
                                javaClass.getName().startsWith("dev.frazil.storage.TimeSource")
                                    || javaClass.getName().startsWith("dev.frazil.storage.Ids")))))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(SecureRandom.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .check(HOUSE);
  }

  @Test
  void noReflectionByNameNoSerialisedObjectsNoChildProcesses() {
    noClasses()
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
        .orShould()
        .callMethod(ClassLoader.class, "loadClass", String.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(HOUSE);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> resideOutside(
      String... packages) {
    return com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(packages));
  }

  private static String row(JavaClass javaClass) {
    String[] parts = javaClass.getPackageName().split("\\.");
    return parts.length > 2 ? parts[2] : "";
  }

  private static ArchCondition<JavaClass> useOnlyLowerRows() {
    return new ArchCondition<>("use only their own package and those below it") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        int own = HouseRows.LOWEST_FIRST.indexOf(row(javaClass));
        for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass();
          if (target.getPackageName().startsWith("dev.frazil.")
              && HouseRows.LOWEST_FIRST.indexOf(row(target)) > own) {
            events.add(SimpleConditionEvent.violated(javaClass, dependency.getDescription()));
          }
        }
      }
    };
  }
}
