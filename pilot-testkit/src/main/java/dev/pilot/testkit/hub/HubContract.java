package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the contracts of all areas share. Each test makes what it looks at, so one hub does for many tests, one after another; the clock
 * they move is the hub's.
 */
@Execution(ExecutionMode.SAME_THREAD)
public abstract class HubContract {
    /** How long a test waits, in real time, for something that must come. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final AtomicLong COUNTER = new AtomicLong();

    /** For subclasses. */
    protected HubContract() {}

    /**
     * The hub under test.
     *
     * @return the same fixture for all tests of a class
     */
    protected abstract PilotFixture fixture();

    Pilot pilot() {
        return fixture().pilot();
    }

    /** A word that no other test uses. */
    static String unique(String word) {
        return word + "-" + COUNTER.incrementAndGet();
    }

    Project project() {
        return pilot().projects().create(CreateProject.named(unique("project")));
    }

    RunStage stage() {
        return new RunStage(fixture(), project());
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10));
    }

    /** What was refused, as the caller sees it. */
    static <E extends PilotException> E refused(Class<E> type, ThrowingCallable call) {
        return refusal(type, catchThrowable(call));
    }

    static <E extends PilotException> E refused(Class<E> type, String code, ThrowingCallable call) {
        E error = refused(type, call);
        assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
        return error;
    }

    static <E extends PilotException> E refused(Class<E> type, ItemResult<?> item) {
        assertThat(item).isInstanceOf(ItemResult.Refused.class);
        return refusal(type, ((ItemResult.Refused<?>) item).error());
    }

    static <E extends PilotException> E refused(Class<E> type, CompletionStage<?> stage) {
        return refusal(type, catchThrowable(() -> done(stage)));
    }

    /** A refusal that names the field, or something within it. */
    static void invalid(String field, ThrowingCallable call) {
        invalid(field, refused(InvalidInput.class, call));
    }

    static void invalid(String field, InvalidInput error) {
        assertThat(error.fields())
                .extracting(FieldError::field)
                .as(error.getMessage())
                .anySatisfy(named -> assertThat(named).matches(java.util.regex.Pattern.quote(field) + "([.\\[].*)?"));
    }

    private static <E extends PilotException> E refusal(Class<E> type, Throwable error) {
        assertThat(error).isInstanceOf(type);
        return type.cast(error);
    }

    /** What a stage completes with; its failure is thrown as it is. */
    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PilotException error) {
                throw error;
            }
            throw new AssertionError("not a PilotException", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("not complete after " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Walks a list from its first page to its last. */
    static <T> List<T> walk(int pageSize, Function<PageRequest, Page<T>> list) {
        List<T> all = new ArrayList<>();
        PageRequest request = PageRequest.first(pageSize);
        while (true) {
            Page<T> page = list.apply(request);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            assertThat(page.items()).as("a page with a successor").isNotEmpty();
            request = request.after(page.next());
        }
    }

    List<Event> events(EventFilter filter) {
        List<Event> all = new ArrayList<>();
        long after = 0;
        while (true) {
            Page<Event> page = pilot().events().list(filter, after, 500);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            after = Long.parseLong(page.next());
        }
    }
}
