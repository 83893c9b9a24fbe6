package dev.pilot.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Registration;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each use-case for each sort of caller, embedded: against the table, and the table against what was written by hand. */
class PermissionTest {
    /** What is told of work outside of the hub has a row of its own. */
    private static final String OUTSIDE = "/outside";

    private static final Set<Permission> OF_OUTSIDE = Set.of(Permission.REGISTER_WORK, Permission.REPORT_WORK);
    private static final Set<String> REFUSALS =
            Set.of("scope-missing", "proposes-only", "may-not-decide", "bound-to-projects");

    @TempDir
    static Path directory;

    private static PilotHub hub;
    private static Map<String, Written> written;

    /** A line that was written by hand. */
    record Written(String scopes, boolean proposing, boolean undeciding, boolean bound) {
        boolean allows(Caller caller) {
            return caller.scopes().stream().anyMatch(scope -> scopes.indexOf(letter(scope)) >= 0)
                    && (!caller.proposes() || proposing)
                    && (caller.approves() || undeciding)
                    && (caller.projects().isEmpty() || bound);
        }

        private static char letter(Scope scope) {
            return switch (scope) {
                case ADMIN -> 'a';
                case OPERATOR -> 'o';
                case AGENT -> 'g';
                case WORKER -> 'w';
                case READER -> 'r';
            };
        }
    }

    @BeforeAll
    static void open() throws IOException {
        hub = PilotHub.open(PilotConfig.builder(directory).build());
        written = new LinkedHashMap<>();
        try (InputStream file =
                Objects.requireNonNull(PermissionTest.class.getResourceAsStream("who-may-do-what.txt"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +"))
                    .forEach(word -> written.put(
                            word[0],
                            new Written(
                                    word[1],
                                    word[2].equals("proposing"),
                                    word[3].equals("undeciding"),
                                    word[4].equals("bound"))));
        }
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @Test
    void everyUseCaseOfTheApiIsInTheTable() {
        assertThat(named(methods())).isEqualTo(inTheTable().collect(Collectors.toSet()));
    }

    @Test
    void noUseCaseHasTwoRows() {
        List<String> rows = Arrays.stream(Permission.values())
                .flatMap(row -> row.useCases().stream().map(useCase -> name(row, useCase)))
                .toList();
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void theTableIsWhatWasWrittenByHand() {
        for (Permission row : Permission.values()) {
            for (String useCase : row.useCases()) {
                Written line = Objects.requireNonNull(written.get(name(row, useCase)), useCase);
                for (Caller caller : callers()) {
                    assertThat(row.allows(caller))
                            .as("%s by %s", useCase, caller)
                            .isEqualTo(line.allows(caller));
                }
            }
        }
    }

    static Permission[] rows() {
        return Permission.values();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachUseCaseAsksItsRow(Permission row) throws ReflectiveOperationException {
        int cells = 0;
        for (String useCase : row.useCases()) {
            for (Method method :
                    methods().filter(one -> name(one).equals(useCase)).toList()) {
                for (Caller caller : callers()) {
                    Written line = Objects.requireNonNull(written.get(name(row, useCase)), useCase);
                    String refusal = refusal(method, new Arguments(OF_OUTSIDE.contains(row)), caller);
                    assertThat(refusal == null)
                            .as("%s by %s: %s", name(row, useCase), caller, refusal)
                            .isEqualTo(line.allows(caller));
                    cells++;
                }
            }
        }
        assertThat(cells).isGreaterThanOrEqualTo(row.useCases().size() * 20);
    }

    /** Each scope by itself, under each policy, and all scopes together; and somebody without any. */
    static List<Caller> callers() {
        List<Set<Scope>> scopes = new ArrayList<>();
        Arrays.stream(Scope.values()).map(Set::of).forEach(scopes::add);
        scopes.add(Set.of(Scope.values()));
        scopes.add(Set.of());
        List<Caller> callers = new ArrayList<>();
        for (Set<Scope> some : scopes) {
            Caller caller = new Caller("somebody", some, false, true, Set.of());
            Set<ProjectId> another = Set.of(new ProjectId("another"));
            callers.addAll(List.of(
                    caller,
                    caller.proposing(),
                    caller.withoutDecisions(),
                    caller.in(another),
                    caller.in(another).proposing().withoutDecisions()));
        }
        return callers;
    }

    /** The code by which the table refuses; null where it lets pass, whatever comes of it then. */
    private static @Nullable String refusal(Method method, Arguments arguments, Caller caller)
            throws ReflectiveOperationException {
        Pilot pilot = hub.as(caller);
        Object service = Arrays.stream(Pilot.class.getMethods())
                .filter(accessor -> accessor.getReturnType() == method.getDeclaringClass())
                .findFirst()
                .orElseThrow()
                .invoke(pilot);
        try {
            Object answer = method.invoke(service, arguments.of(method));
            if (answer instanceof Registration following) {
                following.close();
            }
            if (answer instanceof CompletionStage<?> later) {
                Object unused = later.toCompletableFuture().join();
            }
            return answer instanceof List<?> items
                            && !items.isEmpty()
                            && items.get(0) instanceof ItemResult.Refused<?> refused
                    ? code(refused.error())
                    : null;
        } catch (InvocationTargetException e) {
            return code(e.getCause());
        } catch (CompletionException e) {
            return code(e.getCause());
        }
    }

    private static @Nullable String code(Throwable failure) {
        return failure instanceof Forbidden no && REFUSALS.contains(no.code()) ? no.code() : null;
    }

    /** What there is to be called of all services. */
    private static Stream<Method> methods() {
        return Arrays.stream(Pilot.class.getMethods())
                .map(Method::getReturnType)
                .filter(Class::isInterface)
                .flatMap(service -> Arrays.stream(service.getMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()));
    }

    private static Set<String> named(Stream<Method> methods) {
        return methods.map(PermissionTest::name).collect(Collectors.toSet());
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static Stream<String> inTheTable() {
        return Arrays.stream(Permission.values()).flatMap(row -> row.useCases().stream());
    }

    private static String name(Permission row, String useCase) {
        return OF_OUTSIDE.contains(row) ? useCase + OUTSIDE : useCase;
    }
}
