package io.github.camelaiflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Language;
import org.junit.jupiter.api.Test;

/** The rules of the house (docs/architecture.md), held by the build. */
class ArchitectureTest {

    private static final String ROOT = "io.github.camelaiflow";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void noCycles() {
        ArchRule rule = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void onlyTheCamelLayerSpeaksCamel() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".data",
                        ROOT + ".records",
                        ROOT + ".definition",
                        ROOT + ".statistics..",
                        ROOT + ".validation..",
                        ROOT + ".model..",
                        ROOT + ".store..",
                        ROOT + ".rollout..",
                        ROOT + ".feedback..",
                        ROOT + ".delivery..",
                        ROOT + ".openinference",
                        ROOT + ".drift..",
                        ROOT + ".page",
                        ROOT + ".avro")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..");
        rule.check(CLASSES);
    }

    @Test
    void theVocabularyKnowsNoFeature() {
        ArchRule rule = knowsOnly(ROOT + ".data").because("data is the vocabulary all others share");
        rule.check(CLASSES);
    }

    @Test
    void statisticsKnowNothing() {
        ArchRule rule = knowsOnly(ROOT + ".statistics").because("statistics serve any feature");
        rule.check(CLASSES);
    }

    @Test
    void detectorsStandOnStatistics() {
        roomOf("statistics", "change", ".statistics");
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".statistics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".statistics.change")
                .check(CLASSES);
    }

    @Test
    void validationKnowsNoOtherFeature() {
        ArchRule rule = knowsOnly(ROOT + ".validation", ROOT + ".data", ROOT + ".statistics", ROOT + ".page");
        rule.check(CLASSES);
    }

    @Test
    void theRoomsOfValidationKnowOnlyThoseBelow() {
        room("python");
        room("expectations", ".statistics", ".validation.python");
        room("jakarta", ".validation.expectations", ".validation.python");
        String[] all = {".data", ".statistics", ".validation", ".validation.expectations", ".validation.python"};
        room("suggest", all);
        room("report", Stream.concat(Stream.of(".page"), Stream.of(all)).toArray(String[]::new));
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".validation..")
                .and()
                .resideOutsideOfPackage(ROOT + ".validation.report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".page")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".validation")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".validation.report", ROOT + ".validation.suggest")
                .check(CLASSES);
    }

    private static void room(String name, String... below) {
        roomOf("validation", name, below);
    }

    private static void roomOf(String feature, String name, String... below) {
        String here = ROOT + "." + feature + "." + name;
        Set<String> known = Stream.concat(Stream.of(here), Stream.of(below).map(room -> ROOT + room))
                .collect(Collectors.toSet());
        DescribedPredicate<JavaClass> unknown = DescribedPredicate.describe(
                "are other packages of ours",
                type -> type.getPackageName().startsWith(ROOT) && !known.contains(type.getPackageName()));
        noClasses()
                .that()
                .resideInAPackage(here)
                .should()
                .dependOnClassesThat(unknown)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void modelsKnowNoOtherFeature() {
        ArchRule rule = knowsOnly(ROOT + ".model", ROOT + ".data", ROOT + ".openinference");
        rule.check(CLASSES);
    }

    @Test
    void backendsKnowOnlyTheContractOfModels() {
        for (String backend : List.of("onnx", "tribuo", "xgboost", "rules")) {
            roomOf("model", backend, ".data", ".model", ".model.features");
        }
        roomOf("model", "features", ".data", ".model");
        roomOf("model", "training", ".data", ".model", ".model.files");
        roomOf("model", "remote", ".data", ".model", ".model.features", ".openinference");
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".model")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".model.*..")
                .check(CLASSES);
    }

    @Test
    void estimatesOfQualityKnowOnlyOutcomes() {
        roomOf("feedback", "estimate", ".data", ".statistics", ".feedback.outcome");
    }

    @Test
    void storesKnowNoFeature() {
        knowsOnly(ROOT + ".store", ROOT + ".data").check(CLASSES);
    }

    @Test
    void rolloutsKnowNoOtherFeature() {
        knowsOnly(ROOT + ".rollout", ROOT + ".data", ROOT + ".statistics", ROOT + ".store")
                .check(CLASSES);
    }

    @Test
    void feedbackKnowsNoOtherFeatureAndItsVocabularyNothing() {
        knowsOnly(ROOT + ".feedback", ROOT + ".data", ROOT + ".statistics", ROOT + ".store", ROOT + ".page")
                .check(CLASSES);
        roomOf("feedback", "outcome");
    }

    @Test
    void theInferenceProtocolKnowsNoFeature() {
        knowsOnly(ROOT + ".openinference", ROOT + ".data")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void driftKnowsNoOtherFeature() {
        ArchRule rule =
                knowsOnly(ROOT + ".drift", ROOT + ".data", ROOT + ".statistics", ROOT + ".store", ROOT + ".page");
        rule.check(CLASSES);
    }

    @Test
    void deliveryKnowsNoOtherFeatureAndItsVocabularyNoneOfItsRooms() {
        knowsOnly(ROOT + ".delivery", ROOT + ".data", ROOT + ".store").check(CLASSES);
        roomOf("delivery", "kafka", ".delivery", ".delivery.outbox", ".store");
        roomOf("delivery", "database", ".delivery", ".store");
        roomOf("delivery", "outbox", ".delivery", ".store");
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".delivery")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".delivery.*..", "org.apache.kafka..")
                .because("deliveries that know no Kafka use the same words")
                .check(CLASSES);
    }

    @Test
    void pagesKnowNoFeature() {
        knowsOnly(ROOT + ".page").check(CLASSES);
    }

    @Test
    void nobodyBelowKnowsThePagesOfDriftAndQuality() {
        roomOf("drift", "report", ".drift", ".drift.profile", ".drift.compatible", ".data", ".page");
        roomOf(
                "feedback",
                "report",
                ".feedback",
                ".feedback.quality",
                ".feedback.estimate",
                ".feedback.outcome",
                ".page");
        for (String feature : List.of("drift", "feedback")) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + feature + "..")
                    .and()
                    .resideOutsideOfPackage(ROOT + "." + feature + ".report")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOT + "." + feature + ".report", ROOT + ".page")
                    .check(CLASSES);
        }
    }

    @Test
    void profilesKnowNothingOfDrift() {
        roomOf("drift", "profile", ".data", ".statistics");
    }

    @Test
    void otherLibrariesDefinitionsKnowNothingOfOurs() {
        roomOf("drift", "compatible", ".data", ".statistics", ".drift.profile");
    }

    @Test
    void qualityKnowsOnlyTheVocabularyOfFeedback() {
        roomOf("feedback", "quality", ".data", ".statistics", ".statistics.change", ".feedback.outcome");
    }

    @Test
    void avroKnowsNoFeature() {
        ArchRule rule = knowsOnly(ROOT + ".avro", ROOT + ".data");
        rule.check(CLASSES);
    }

    @Test
    void recordsKnowNoFeature() {
        ArchRule rule = knowsOnly(ROOT + ".records", ROOT + ".data");
        rule.check(CLASSES);
    }

    @Test
    void definitionsKnowNoFeature() {
        ArchRule rule = knowsOnly(ROOT + ".definition", ROOT + ".data");
        rule.check(CLASSES);
    }

    @Test
    void theLinterKnowsCamelAndNothingOfOurs() {
        knowsOnly(ROOT + ".lint").check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".lint")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel.component..", "org.apache.kafka..")
                .because("it must read the routes of applications that have neither")
                .check(CLASSES);
    }

    @Test
    void nobodyDeserialisesJavaObjects() {
        ArchRule rule = noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);
        rule.check(CLASSES);
    }

    /** Options and values of messages are never evaluated: what is one, is not an expression. */
    @Test
    void nobodyEvaluatesExpressions() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".lint")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel.language..",
                        "org.apache.camel.model.language..",
                        "javax.script..",
                        "ognl..",
                        "org.mvel2..")
                .orShould()
                .callMethod(CamelContext.class, "resolveLanguage", String.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Language.class)
                .because("an option that reached simple or OGNL could call anything; the linter reads the routes' own");
        rule.check(CLASSES);
    }

    @Test
    void timeIsInjected() {
        ArchRule rule = noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC");
        rule.check(CLASSES);
    }

    @Test
    void micrometerStaysInItsClasses() {
        ArchRule rule = noClasses()
                .that()
                .haveNameNotMatching(ROOT + ".management.Micrometer.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .because("the jar must load without Micrometer");
        rule.check(CLASSES);
    }

    @Test
    void resilience4jStaysInOneClass() {
        ArchRule rule = noClasses()
                .that()
                .doNotHaveSimpleName("ModelCircuitBreaker")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j..")
                .because("the jar must load without resilience4j");
        rule.check(CLASSES);
    }

    @Test
    void poolsAndMigrationsStayInTheirClasses() {
        noClasses()
                .that()
                .haveNameNotMatching(ROOT + ".store.ConnectionPool(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.zaxxer..")
                .because("the jar must load without HikariCP")
                .check(CLASSES);
        noClasses()
                .that()
                .haveNameNotMatching(ROOT + ".store.Migration.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.flywaydb..")
                .because("the jar must load without Flyway")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.h2..", "org.postgresql..")
                .because("one code serves both databases, and the jar must load without their drivers")
                .check(CLASSES);
    }

    @Test
    void camelHttpStaysInOneClass() {
        ArchRule rule = noClasses()
                .that()
                .haveNameNotMatching(".*\\.HttpCalls(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel.component.http..", "org.apache.camel.http..", "org.apache.hc..")
                .because("the jar must load without camel-http");
        rule.check(CLASSES);
    }

    @Test
    void managementKnowsNoCamelLayer() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".management")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".wire..")
                .check(CLASSES);
    }

    @Test
    void theComponentKnowsNothingOfWhatStandsAroundItsSteps() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".wire..")
                .check(CLASSES);
    }

    private static ArchRule knowsOnly(String here, String... below) {
        Set<String> known = Stream.concat(Stream.of(here), Stream.of(below)).collect(Collectors.toSet());
        DescribedPredicate<JavaClass> unknown = DescribedPredicate.describe(
                "are other packages of ours",
                type -> type.getPackageName().startsWith(ROOT)
                        && known.stream().noneMatch(room -> isIn(type.getPackageName(), room)));
        return noClasses().that().resideInAPackage(here + "..").should().dependOnClassesThat(unknown);
    }

    private static boolean isIn(String name, String room) {
        return name.equals(room) || name.startsWith(room + ".");
    }
}
