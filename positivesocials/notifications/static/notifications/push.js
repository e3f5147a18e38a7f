// The worker that a browser wakes when something is new. It is told that and nothing else, so all it can say
// are the neutral words that its own address carries.

const words = new URL(location.href).searchParams.get("say") || "PS";

self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification(words, { tag: "new", renotify: false }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/notices/"));
});
