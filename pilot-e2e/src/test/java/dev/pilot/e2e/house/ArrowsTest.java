package dev.pilot.e2e.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.pilot.e2e.house.House.Module;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way the arrows point: everything inward, and each library behind one door. */
class ArrowsTest {
    /** What is not named in {@link Module} is not used: no other module, so no adapter another adapter, and no other library. */
    @ParameterizedTest
    @EnumSource
    void aModuleUsesOnlyWhatItIsAllowed(Module module) {
        assertThat(House.classes(module)).isNotEmpty();
        classes()
                .that()
                .resideInAPackage(module.root() + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(module.mayUse()).or(arraysOfPrimitives()))
                .check(House.classes());
    }

    @ParameterizedTest
    @EnumSource
    void packagesOfAModuleFormNoCircle(Module module) {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(House.classes(module));
    }

    @ParameterizedTest
    @CsvSource({
        "org.eclipse.jetty,    dev.pilot.http",
        "com.nimbusds,         dev.pilot.core.account",
        "com.password4j,       dev.pilot.core.account",
        "org.jdbi,             dev.pilot.store",
        "java.sql,             dev.pilot.store",
        "javax.sql,            dev.pilot.store",
        "org.flywaydb,         dev.pilot.store",
        "org.sqlite,           dev.pilot.store.sqlite",
        "org.postgresql,       dev.pilot.store.postgres",
        "com.zaxxer,           dev.pilot.store.postgres",
        "org.eclipse.jgit,     dev.pilot.vcs.git",
        "okhttp3,              dev.pilot.client",
        "com.fasterxml,        dev.pilot.wire",
        "com.sun,              dev.pilot.runner.process",
        "sun,                  dev.pilot.runner.process",
        "org.junit,            dev.pilot.testkit"
    })
    void aLibraryIsSeenOnlyInItsHome(String library, String home) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(House.classes());
    }

    @ParameterizedTest
    @CsvSource({"com.google.inject", "jakarta.inject", "com.google.common"})
    void wiringIsSeenOnlyInModules(String library) {
        noClasses()
                .that(DescribedPredicate.not(module()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(House.classes());
    }

    private static DescribedPredicate<JavaClass> module() {
        return simpleNameEndingWith("Module").or(new DescribedPredicate<>("are parts of a module") {
            @Override
            public boolean test(JavaClass type) {
                return type.getEnclosingClass().filter(module()).isPresent();
            }
        });
    }

    private static DescribedPredicate<JavaClass> arraysOfPrimitives() {
        return new DescribedPredicate<>("primitives") {
            @Override
            public boolean test(JavaClass type) {
                return type.getBaseComponentType().isPrimitive();
            }
        };
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public String getDescription() {
                return "packages";
            }

            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }
        };
    }
}
