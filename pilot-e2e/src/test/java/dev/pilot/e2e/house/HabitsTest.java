package dev.pilot.e2e.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Habits that hold everywhere. */
class HabitsTest {
    private static final Set<String> GENERIC =
            Set.of("java.lang.RuntimeException", "java.lang.Exception", "java.lang.Error", "java.lang.Throwable");

    @ParameterizedTest
    @EnumSource
    void everyPackageSaysThatItIsNullMarked(House.Module module) {
        Set<String> unmarked = House.classes(module).stream()
                .map(JavaClass::getPackage)
                .filter(found -> !found.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void nobodyThrowsAGenericException() {
        noClasses().should().callConstructorWhere(makesGenericException()).check(House.classes());
    }

    /** Errors reach callers as one family only; what else is thrown is a programming error of Java's own kinds. */
    @Test
    void exceptionsOfOurOwnThatCallersSeeAreOfTheOneFamily() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .arePublic()
                .and()
                .resideOutsideOfPackage("dev.pilot.api.store..")
                .should()
                .beAssignableTo("dev.pilot.api.error.PilotException")
                .check(House.classes());
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("com.google.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .check(House.classes());
    }

    @Test
    void noPublicSignatureShowsAJsonLibrary() {
        List<String> shown = House.classes().stream()
                .filter(type -> visible(type.getModifiers()))
                .flatMap(HabitsTest::signatures)
                .filter(signature -> signature.contains("com.fasterxml"))
                .toList();
        assertThat(shown).isEmpty();
    }

    @Test
    void packagesAreNamedByAreaAndNotByKind() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..impl..", "..util..", "..utils..", "..dto..", "..common..", "..helper..", "..model..")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .check(House.classes());
    }

    private static DescribedPredicate<JavaConstructorCall> makesGenericException() {
        return new DescribedPredicate<>("it makes a generic exception") {
            @Override
            public boolean test(JavaConstructorCall call) {
                String made = call.getTargetOwner().getName();
                boolean itsOwnSuper = call.getOrigin().isConstructor()
                        && call.getOriginOwner().isAssignableTo(made);
                return GENERIC.contains(made) && !itsOwnSuper;
            }
        };
    }

    private static Stream<String> signatures(JavaClass type) {
        Stream<String> units = type.getCodeUnits().stream()
                .filter(unit -> visible(unit.getModifiers()))
                .flatMap(HabitsTest::types)
                .map(used -> type.getName() + " shows " + used);
        Stream<String> fields = type.getFields().stream()
                .filter(field -> visible(field.getModifiers()))
                .map(JavaField::getRawType)
                .map(used -> type.getName() + " shows " + used.getName());
        Stream<String> parents = Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                .map(used -> type.getName() + " is a " + used.getName());
        return Stream.of(units, fields, parents).flatMap(all -> all);
    }

    private static Stream<String> types(JavaCodeUnit unit) {
        return Stream.of(unit.getRawParameterTypes(), List.of(unit.getRawReturnType()))
                .flatMap(Collection::stream)
                .map(JavaClass::getName);
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
