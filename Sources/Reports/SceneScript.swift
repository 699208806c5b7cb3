/// Turns the scene under a finger, a mouse or the arrow keys. It changes nothing else, and the page
/// is whole without it.
enum SceneScript {
  static let javaScript: StaticString = """
    (function () {
      "use strict";
      var scene = document.getElementById("scene");
      if (!scene || !window.PointerEvent) return;
      var scale = Number(scene.dataset.scale);
      var yaw = Number(scene.dataset.yaw), pitch = Number(scene.dataset.pitch);
      var items = Array.from(scene.querySelectorAll("[data-p]"), function (element) {
        return {
          element: element,
          points: element.dataset.p.split(";").map(function (point) {
            return point.split(" ").map(Number);
          })
        };
      });
      function project(p) {
        var cy = Math.cos(yaw), sy = Math.sin(yaw), cp = Math.cos(pitch), sp = Math.sin(pitch);
        var depth = -sy * p[0] + cy * p[2];
        return [500 + scale * (cy * p[0] + sy * p[2]), 280 + scale * (cp * p[1] - sp * depth)];
      }
      function draw() {
        items.forEach(function (item) {
          var points = item.points.map(project);
          if (item.element.tagName === "text") {
            item.element.setAttribute("x", points[0][0].toFixed(1));
            item.element.setAttribute("y", (points[0][1] + 24).toFixed(1));
          } else {
            item.element.setAttribute("d", "M" + points.map(function (p) {
              return p[0].toFixed(1) + " " + p[1].toFixed(1);
            }).join("L") + "z");
          }
        });
      }
      function turn(dx, dy) {
        yaw += dx;
        pitch = Math.max(-1.57, Math.min(1.57, pitch + dy));
        requestAnimationFrame(draw);
      }
      var last = null;
      scene.addEventListener("pointerdown", function (event) {
        last = [event.clientX, event.clientY];
        scene.setPointerCapture(event.pointerId);
      });
      scene.addEventListener("pointermove", function (event) {
        if (!last) return;
        turn((last[0] - event.clientX) / -150, (last[1] - event.clientY) / -150);
        last = [event.clientX, event.clientY];
      });
      ["pointerup", "pointercancel"].forEach(function (name) {
        scene.addEventListener(name, function () { last = null; });
      });
      scene.addEventListener("keydown", function (event) {
        var steps = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1],
          ArrowDown: [0, 0.1] };
        var step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        turn(step[0], step[1]);
      });
      scene.classList.add("turning");
      var hint = document.getElementById("turn");
      if (hint) hint.hidden = false;
    })();
    """
}
