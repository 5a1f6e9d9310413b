// What the screens are built of. Everything is drawn by us; a widget that can be touched hands its intent to the
// canvas.
#pragma once

#include <string_view>

#include "app/core/view.h"
#include "app/ui/geometry.h"
#include "app/ui/layout.h"
#include "app/ui/scene.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

class Canvas;

// Text of several messages, one below the other.
std::string lines_of(const Canvas& canvas, const std::vector<Message>& messages);
// Parts of one line, with spaces where the language has them.
std::string side_by_side(const Canvas& canvas, const std::vector<Message>& messages);

enum class ButtonSize : std::uint8_t {
    Main,    // a choice of the page
    Column,  // the same, with icon and words at the same place as those of the buttons above and below
    Small,   // beside the words, in the footer
};
void button(Canvas& canvas, const Rect& rect, const Choice& choice, ButtonSize size);
// What its words take at this width; `wide` is set where a word by itself is too wide.
float button_height(const Canvas& canvas, float width, const Choice& choice, ButtonSize size, bool& wide);
// Its width on one line.
float button_width(const Canvas& canvas, const Choice& choice, ButtonSize size);
// An icon over a word: language and preferences.
void rail_button(Canvas& canvas, const Rect& rect, const Choice& choice);
// Around what the physical keys would press.
void focus_ring(Canvas& canvas, const Rect& rect, float radius);

void notice(Canvas& canvas, const Rect& panel, const Notice& notice);
float notice_height(const Canvas& canvas, float width, const Notice& notice, bool& wide);

// How many digits were typed, never which: a row of dots, or a row a group.
void dots(Canvas& canvas, const Rect& rect, const DigitPad& pad);
float dots_height(const Canvas& canvas, const DigitPad& pad);
// Ten digits and an eraser in 3, 4 or 6 columns. A key shows no sign of being pressed: a neighbour could follow it.
inline constexpr int k_pad_places = 12;
void keypad(Canvas& canvas, const Rect& rect, const DigitPad& pad, int columns);
float pad_gap(const Canvas& canvas, const Rect& rect, int columns);
Size key_size(const Rect& rect, int columns, float gap);

void camera_panel(Canvas& canvas, const Rect& rect, core::FaceGuidance guidance);

void answers(Canvas& canvas, const Rect& rect, const Answers& answers);
float answers_height(const Canvas& canvas, float width, const Answers& answers, bool& wide);

// Pages that are one tool (Scene::tool): where the figure and the choices stand, whatever the layout. False: it is
// none.
bool compose_tool(Canvas& canvas, const Scene& scene);
// Of what can be touched on a keyboard, at least.
inline constexpr float k_key_mm = 12;
inline constexpr float k_key_gap_mm = 3;
float millimetres(const Canvas& canvas, float count);
// A choice whose words are set smaller until they fit.
void tool_button(Canvas& canvas, const Rect& rect, const Choice& choice);
// What is typed so far, the end of it where it is long: what is still to be converted is underlined.
void typed_text(Canvas& canvas, const Rect& rect, const TextPad& pad);
void candidate_strip(Canvas& canvas, const Rect& rect, const TextPad& pad, int rows);
void keyboard_keys(Canvas& canvas, const Rect& rect, const TextPad& pad, bool flat);
void date_wheels(Canvas& canvas, const Rect& rect, const DateWheels& wheels);
void date_readout(Canvas& canvas, const Rect& rect, const DateWheels& wheels);
// `rect` is core::k_signature_shape times as wide as high.
void signature_field(Canvas& canvas, const Rect& rect, const SignatureField& field);
// Strokes as a pen would have drawn them.
void draw_strokes(Canvas& canvas, const Rect& rect, const core::Signature& signature, Colour colour);
// All fields, and what hands them in, at its end.
void form_rows(Canvas& canvas, const Rect& rect, const FormRows& rows, const Choice& confirm);

// Patients, and what leads to the next ones; `more` may be null.
void patient_rows(Canvas& canvas, const Rect& rect, const PatientRows& list, const Choice* more);

// Where touchable places fill the screen, the smaller choice beside the words stands in the footer's free place.
bool more_in_footer(const Layout& layout, const Scene& scene);

// What surrounds every screen. The window was already cleared to the ground's colour.
// Demonstration; steps, brand or what a tool is for; countdown.
void header(Canvas& canvas, const core::View& view, const Scene& scene);
void footer(Canvas& canvas, const core::View& view, const Scene& scene);
void rail(Canvas& canvas, const core::View& view);

// Words, figure and choices where the layout has room for them, in the largest type that fits.
void compose(Canvas& canvas, const Scene& scene);

// The whole screen.
void draw_screen(Canvas& canvas, const core::View& view);

}  // namespace uketsuke::ui
