package io.github.camelaiflow.claims;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    /** Users of the jar generate claims without the trainers' jars. */
    @Test
    void claimsNeedNoTrainer() {
        noClasses()
                .that()
                .resideInAPackage("io.github.camelaiflow.claims")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.tribuo..", "io.github.camelaiflow.claims.training..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.github.camelaiflow.claims"));
    }
}
