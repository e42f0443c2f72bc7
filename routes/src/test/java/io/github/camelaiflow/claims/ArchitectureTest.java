package io.github.camelaiflow.claims;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.camelaiflow.claims", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Users of the jar generate claims without the trainers' jars. */
    @ArchTest
    static final ArchRule CLAIMS_NEED_NO_TRAINER = noClasses()
            .that()
            .resideInAPackage("io.github.camelaiflow.claims")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tribuo..", "io.github.camelaiflow.claims.training..");
}
