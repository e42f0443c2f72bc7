package io.github.camelaiflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The rules of the house (docs/architecture.md), held by the build. */
@AnalyzeClasses(packages = "io.github.camelaiflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.github.camelaiflow";

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCamelLayerSpeaksCamel = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".data",
                    ROOT + ".records",
                    ROOT + ".definition",
                    ROOT + ".statistics",
                    ROOT + ".validation",
                    ROOT + ".model",
                    ROOT + ".drift",
                    ROOT + ".avro")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule theVocabularyKnowsNoFeature =
            knowsOnly(ROOT + ".data").because("data is the vocabulary all others share");

    @ArchTest
    static final ArchRule statisticsKnowNothing =
            knowsOnly(ROOT + ".statistics").because("statistics serve any feature");

    @ArchTest
    static final ArchRule validationKnowsNoOtherFeature = knowsOnly(ROOT + ".validation", ROOT + ".data");

    @ArchTest
    static final ArchRule modelsKnowNoOtherFeature = knowsOnly(ROOT + ".model", ROOT + ".data");

    @ArchTest
    static final ArchRule driftKnowsNoOtherFeature = knowsOnly(ROOT + ".drift", ROOT + ".data", ROOT + ".statistics");

    @ArchTest
    static final ArchRule avroKnowsNoFeature = knowsOnly(ROOT + ".avro", ROOT + ".data");

    @ArchTest
    static final ArchRule recordsKnowNoFeature = knowsOnly(ROOT + ".records", ROOT + ".data");

    @ArchTest
    static final ArchRule definitionsKnowNoFeature = knowsOnly(ROOT + ".definition", ROOT + ".data");

    @ArchTest
    static final ArchRule nobodyDeserialisesJavaObjects =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule micrometerStaysInOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("MicrometerObserver")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("the jar must load without Micrometer");

    @ArchTest
    static final ArchRule resilience4jStaysInOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("ModelCircuitBreaker")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.resilience4j..")
            .because("the jar must load without resilience4j");

    private static ArchRule knowsOnly(String here, String... below) {
        String[] others = Stream.of(
                        "",
                        ".data",
                        ".records",
                        ".definition",
                        ".statistics",
                        ".validation",
                        ".model",
                        ".drift",
                        ".avro",
                        ".management",
                        ".wire")
                .map(name -> ROOT + name)
                .filter(name -> !name.equals(here) && !List.of(below).contains(name))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(here)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }
}
