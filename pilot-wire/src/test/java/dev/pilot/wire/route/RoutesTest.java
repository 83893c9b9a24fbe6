package dev.pilot.wire.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {
    @Test
    void noTwoRoutesAreTheSame() {
        Set<String> seen = new HashSet<>();
        for (Route<?, ?> route : Routes.all()) {
            assertTrue(seen.add(route.method() + " " + route.template().replaceAll("\\{\\w+}", "*")), route::toString);
        }
        assertTrue(seen.size() >= 65, () -> "only " + seen.size());
    }

    @Test
    void onlyTheSignOfLifeAndTheWayToACredentialAndBackAreOpen() {
        assertEquals(
                List.of(
                        SystemRoutes.ALIVE,
                        AuthRoutes.LOG_IN,
                        AuthRoutes.REFRESH,
                        CookieRoutes.SET,
                        CookieRoutes.CLEAR),
                Routes.all().stream().filter(Route::isOpen).toList());
    }

    @Test
    void everyRouteIsWellFormed() {
        for (Route<?, ?> route : Routes.all()) {
            assertTrue(route.template().startsWith("/") && !route.template().endsWith("/"), route::toString);
            assertTrue(route.summary().endsWith("."), route::toString);
            assertEquals(route.answers() == Media.NONE, route.status() == 204, route.toString());
            assertEquals(route.accepts() == Media.NONE, route.request().type() == Void.class, route.toString());
            Set<String> names = new HashSet<>();
            for (Parameter parameter : route.parameters()) {
                assertTrue(names.add(parameter.name()), route + " " + parameter.name());
                assertTrue(parameter.description().endsWith("."), route + " " + parameter.name());
            }
        }
    }

    @Test
    void pathsAreFilledInAndEncoded() {
        assertEquals("/api/projects/prj_a:b.c-d", ProjectRoutes.GET.path("prj_a:b.c-d"));
        assertEquals("/api/projects/a%2Fb%20c%3F", ProjectRoutes.GET.path("a/b c?"));
        assertEquals("/api/projects/%C3%A4%25", ProjectRoutes.GET.path("ä%"));
        assertThrows(IllegalArgumentException.class, () -> ProjectRoutes.GET.path("a", "b"));
        assertThrows(IllegalArgumentException.class, () -> ProjectRoutes.GET.path());
    }
}
