package dev.pilot.e2e.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.pilot.e2e.house.House.Module;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a program takes from its surroundings, it takes at one place: there it can be replaced. The test kit is no program: its suites
 * start git and make random input.
 */
class SurroundingsTest {
    private static final Set<String> TIME_TYPES = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime",
            "java.time.Year");
    /** Not the source of jitter, {@code ThreadLocalRandom}: no id is made of that. */
    private static final Set<String> RANDOM_TYPES =
            Set.of("java.util.Random", "java.security.SecureRandom", "java.util.SplittableRandom");

    /** Durations may be measured with {@code System.nanoTime()} anywhere: it tells no time of day. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TESTKIT")
    void theSystemClockIsReadInOnePlaceOfAModule(Module module) {
        assertThat(placesIn(module, SurroundingsTest::readsSystemClock)).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TESTKIT")
    void randomIdsAreMadeInOnePlaceOfAModule(Module module) {
        assertThat(placesIn(module, SurroundingsTest::makesRandomValues)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void theRulesKnowWhatToLookFor() {
        assertThat(placesIn(Module.CORE, SurroundingsTest::readsSystemClock)).isNotEmpty();
        assertThat(placesIn(Module.CORE, SurroundingsTest::makesRandomValues)).isNotEmpty();
    }

    @Test
    void theEnvironmentIsReadOnlyByTheConfiguration() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pilot.core.config..")
                .should()
                .accessTargetWhere(is("the environment or a system property", SurroundingsTest::readsEnvironment))
                .check(House.classes());
    }

    @Test
    void processesAreStartedOnlyByTheProcessRunner() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.pilot.runner.process..", Module.TESTKIT.root() + "..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .check(House.classes());
    }

    @Test
    void nobodyEndsTheProgramOrWritesToItsConsole() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(House.classes());
    }

    private static Set<String> placesIn(Module module, java.util.function.Predicate<JavaAccess<?>> what) {
        Set<String> places = new TreeSet<>();
        for (JavaClass type : House.classes(module)) {
            if (type.getAccessesFromSelf().stream().anyMatch(what)) {
                places.add(outermost(type).getName());
            }
        }
        return places;
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(SurroundingsTest::outermost).orElse(type);
    }

    private static boolean readsSystemClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick")))
                || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                || (owner.equals("java.util.Date") && name.equals("<init>") && takesNothing(access))
                || (TIME_TYPES.contains(owner) && name.equals("now") && !takesClock(access));
    }

    private static boolean takesClock(JavaAccess<?> access) {
        return access.getDescription().contains("java.time.Clock");
    }

    private static boolean takesNothing(JavaAccess<?> access) {
        return access.getTarget().getFullName().endsWith("()");
    }

    private static boolean makesRandomValues(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                || (owner.equals("java.lang.Math") && name.equals("random"))
                || (RANDOM_TYPES.contains(owner) && name.equals("<init>"));
    }

    private static boolean readsEnvironment(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.equals("java.lang.System")
                        && Set.of("getenv", "getProperty", "getProperties", "setProperty", "clearProperty")
                                .contains(name))
                || (owner.equals("java.lang.Integer") && name.equals("getInteger"))
                || (owner.equals("java.lang.Long") && name.equals("getLong"))
                || (owner.equals("java.lang.Boolean") && name.equals("getBoolean"));
    }

    private static DescribedPredicate<JavaAccess<?>> is(
            String description, java.util.function.Predicate<JavaAccess<?>> predicate) {
        return new DescribedPredicate<>(description) {
            @Override
            public boolean test(JavaAccess<?> access) {
                return predicate.test(access);
            }
        };
    }
}
